import type { ArtifactStore, RunRecord } from "../../adapters/mod.ts";
import { type Json, redactJson } from "../../schemas/mod.ts";
import { type Difference, differences } from "./differences.ts";
import { storedJson } from "./stored_json.ts";

/** Stands for the id of each run, which differs in any case. */
const ID = "{execution_id}";

/** Where two runs differ: their envelopes, their inputs and the entries as they were. */
export async function comparedRuns(
  a: RunRecord,
  b: RunRecord,
  store: ArtifactStore,
): Promise<readonly Difference[]> {
  const [left, right] = await Promise.all([
    comparable(a, store),
    comparable(b, store),
  ]);
  return differences(left, right);
}

/**
 * What is compared of a run. What the store has lost is compared by cid; so are inputs and entries that
 * are the same, which need not be read.
 */
async function comparable(
  record: RunRecord,
  store: ArtifactStore,
): Promise<Json> {
  const { envelope, inputs, registry_snapshot, status, execution_id } = record;
  const value: Json = {
    status,
    envelope: envelope === undefined ? null : plain(envelope),
    inputs: await storedJson(inputs, store) ?? inputs ?? null,
    entry: await storedJson(registry_snapshot, store) ?? registry_snapshot ??
      null,
  };
  return redactJson(value, (text) => text.replaceAll(execution_id, ID));
}

/** A value that was JSON before, as JSON. */
function plain(value: unknown): Json {
  return JSON.parse(JSON.stringify(value));
}

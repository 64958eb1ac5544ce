import type { ArtifactStore, RunRecord } from "../../adapters/mod.ts";
import { type Json, redactJson } from "../../schemas/mod.ts";
import { type Difference, differences } from "./differences.ts";
import { storedJson } from "./stored_json.ts";

/** Stands for the id of each run, which differs in any case. */
const ID = "{execution_id}";

/** In the order in which differences are told. */
const PARTS = ["status", "envelope", "inputs", "entry"] as const;

type Compared = Readonly<Record<typeof PARTS[number], Json>>;

/** Where two runs differ: how they ended, their envelopes, their inputs and the entries as they were. */
export async function comparedRuns(
  a: RunRecord,
  b: RunRecord,
  store: ArtifactStore,
): Promise<readonly Difference[]> {
  const [left, right] = await Promise.all([
    compared(a, store),
    compared(b, store),
  ]);
  return PARTS.flatMap((part) =>
    differences(left[part], right[part], `/${part}`)
  );
}

/** What is compared of a run. What the store has lost is compared by cid. */
async function compared(
  { status, envelope, inputs, registry_snapshot, execution_id }: RunRecord,
  store: ArtifactStore,
): Promise<Compared> {
  const entry = await storedJson(registry_snapshot, store);
  return {
    status,
    envelope: redactJson(
      plain(envelope),
      (text) => withoutId(text, execution_id),
    ),
    inputs: await storedJson(inputs, store) ?? inputs ?? null,
    entry: entry ?? registry_snapshot ?? null,
  };
}

/** An id may be a word like any other, so it is only seen as a text or a part of a path. */
function withoutId(text: string, id: string): string {
  return text.split("/").map((part) => part === id ? ID : part).join("/");
}

/** A value that becomes JSON, as it is then. */
function plain(value: unknown): Json {
  return JSON.parse(JSON.stringify(value ?? null));
}

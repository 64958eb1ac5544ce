import type { RunRecord } from "../../adapters/mod.ts";
import {
  canonicalJson,
  Failure,
  isObject,
  type Json,
} from "../../schemas/mod.ts";
import { runRegistry } from "../checked_inputs.ts";
import type { CommandInput } from "../command.ts";
import { runPipeline } from "../run_pipeline.ts";
import type { RunFlags } from "../run_plan.ts";
import { differences } from "../runs/differences.ts";
import { findRun, nameOf } from "../runs/find_run.ts";
import { openRuns, type Runs } from "../runs/open_runs.ts";
import { storedJson, storedText } from "../runs/stored_json.ts";
import type { World } from "../world.ts";

type Flags = Pick<
  RunFlags,
  | "executionId"
  | "timeout"
  | "wait"
  | "grace"
  | "saveDir"
  | "saveFirst"
  | "stream"
  | "quiet"
  | "registry"
  | "stateDir"
  | "json"
>;

/** Does a recorded run again, with the inputs that the store has of it. */
export async function run(
  input: CommandInput<Flags>,
): Promise<number> {
  const { flags, operands: [id = ""], world } = input;
  const again = await (async () => {
    using runs = await openRuns(flags, world);
    const record = await findRun(id, runs.journal);
    const inputsJson = await inputsOf(record, runs);
    await tellChanges(record, runs, input);
    return { record, inputsJson };
  })();
  const { record, inputsJson } = again;
  const runFlags: RunFlags = {
    ...flags,
    inputsJson,
    inputsFile: undefined,
    inputs: undefined,
    attach: [],
    ref: record.ref,
    mode: record.mode,
    writePrefix: record.write_prefix,
    timeout: flags.timeout ?? record.timeout_s?.toString(),
  };
  return await runPipeline(
    { ...input, flags: runFlags },
    () => record.write_prefix,
  );
}

async function inputsOf(record: RunRecord, { store }: Runs): Promise<string> {
  const text = await storedText(record.inputs, store);
  if (text !== undefined) return text;
  const found = record.inputs === undefined
    ? "it ended before they were attached"
    : `the store has lost them, ${record.inputs}`;
  throw new Failure(
    "ERR_ARTIFACT_MISSING",
    `Cannot find the inputs of run "${nameOf(record)}": ${found}`,
  );
}

/** Says when the entry is not the one that ran, and where it differs. */
async function tellChanges(
  record: RunRecord,
  { store }: Runs,
  { flags, world }: { readonly flags: Flags; readonly world: World },
): Promise<void> {
  const before = await storedJson(record.registry_snapshot, store);
  const registry = await runRegistry(flags, world);
  const now = registry.entry(record.ref)?.entry;
  if (now === undefined) throw entryGone(record);
  const changed = differences(before, plain(now));
  if (!isObject(before) || changed.length === 0) return;
  const places = changed.map(({ path }) => path).join(", ");
  world.stderr.write(
    `Entry ${record.ref} changed since run ${nameOf(record)}: ${places}\n`,
  );
}

function entryGone({ ref, registry_dir }: RunRecord): Failure {
  return new Failure(
    "ERR_REF_UNKNOWN",
    `Cannot find entry "${ref}": no registry root has it`,
    { hint: `It was read from ${registry_dir}; name its root by --registry` },
  );
}

function plain(value: unknown): Json {
  return JSON.parse(canonicalJson(value));
}

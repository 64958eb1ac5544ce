import type { NewRun } from "../../adapters/mod.ts";
import type { LoadedEntry } from "../../registry/quick.ts";
import { type Mode, redactor } from "../../schemas/mod.ts";
import { hideSecrets } from "../../schemas/reading.ts";
import { secretNames } from "../secrets.ts";
import type { World } from "../world.ts";

export interface NewRunFacts {
  readonly executionId: string;
  readonly mode: Mode;
  readonly processor: LoadedEntry;
  /** With `{execution_id}` as it was given. */
  readonly writePrefix: string;
  readonly timeoutS: number | undefined;
}

/** What is recorded of a run whose inputs were checked. */
export function newRun(
  { executionId, mode, processor, writePrefix, timeoutS }: NewRunFacts,
  world: World,
): NewRun {
  const { entry, dir } = processor;
  const values = secretNames(entry).flatMap((name) => world.env(name) ?? []);
  return {
    key: world.uuid(),
    execution_id: executionId,
    phase: "check",
    ref: entry.ref,
    mode,
    adapter: "local",
    command: recordedWords(world.args, values),
    started_at: new Date(world.clock.now()).toISOString(),
    timings_ms: {},
    write_prefix: writePrefix,
    ...(timeoutS === undefined ? {} : { timeout_s: timeoutS }),
    registry_dir: dir,
    attachments: [],
    events: [],
    tokens: 0,
  };
}

const INPUTS_FLAGS = ["--inputs-json", "--inputsJson"];

/** Stands for inputs that were given as an argument: they are in the store. */
const INPUTS = "(inputs)";

/** The words of a command line as they are recorded: without inputs, and without secrets. */
export function recordedWords(
  words: readonly string[],
  secrets: readonly string[],
): readonly string[] {
  const redact = redactor(secrets);
  return words.map((word, i) => {
    if (INPUTS_FLAGS.includes(words[i - 1] ?? "")) return INPUTS;
    const [flag = ""] = word.split("=", 1);
    if (INPUTS_FLAGS.includes(flag) && word !== flag) {
      return `${flag}=${INPUTS}`;
    }
    return hideSecrets(redact(word));
  });
}

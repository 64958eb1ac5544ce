import type { DeclaredOutput, Entry, WritePrefix } from "../../schemas/mod.ts";
import type { Said } from "../ports.ts";
import type { OutputLayout } from "./collect.ts";
import type { RunFile } from "./run_files.ts";
import { requireSaid } from "./said_paths.ts";
import { valuesSaid } from "./said_values.ts";

/** What servers write beside the outputs, for themselves (protocols.md 1.5, 2.4, 3.2). */
const BOOKS: readonly string[] = [
  "outputs.json",
  "receipt.json",
  "determinism.json",
];

/** How processors of older kinds may put outputs in a folder of their own, below what they were told. */
const OUTPUTS = "outputs/";

export interface ForeignRun {
  readonly entry: Entry;
  /** Where the outputs are filed. */
  readonly writePrefix: WritePrefix;
  readonly below: OutputLayout["below"];
  /** The folder that the processor sees as `/artifacts/`. */
  readonly artifacts: string;
  /** What the processor says of its outputs. */
  readonly said: Said | undefined;
}

/**
 * How processors leave outputs that do not run on our own server: below `outputs/` or not, with books beside them, or
 * as values in the answer itself. Files win over values. What the processor says is there must be there.
 */
export function foreignLayout(run: ForeignRun): OutputLayout {
  const { entry: { outputs }, below, said } = run;
  return {
    below,
    nameOf: ({ names }: RunFile) => nameBy(outputs, names.join("/")),
    besides(found) {
      if (said === undefined) return [];
      requireSaid(said, { ...run, found });
      return valuesSaid(said, { ...run, found });
    },
  };
}

function nameBy(
  outputs: readonly DeclaredOutput[],
  name: string,
): string | undefined {
  const declared = (text: string) =>
    outputs.some(({ path }) =>
      path.endsWith("/") ? text.startsWith(path) : text === path
    );
  if (declared(name)) return name;
  const below = name.startsWith(OUTPUTS) ? name.slice(OUTPUTS.length) : name;
  if (declared(below)) return below;
  return BOOKS.includes(name) ? undefined : name;
}

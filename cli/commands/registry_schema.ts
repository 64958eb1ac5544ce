import { registryOf } from "../registry_of.ts";
import type { CommandInput } from "../command.ts";
import { printJson } from "../print_json.ts";

interface Flags {
  readonly registry: readonly string[];
  readonly json: boolean;
}

/** Prints the inputs schema of an entry, as written. */
export function run(
  { flags, operands, world }: CommandInput<Flags>,
): Promise<number> {
  const { entry } = registryOf(flags, world).require(operands[0] ?? "");
  if (flags.json) printJson(world, entry.inputs);
  else world.stdout.write(`${JSON.stringify(entry.inputs, null, 2)}\n`);
  return Promise.resolve(0);
}

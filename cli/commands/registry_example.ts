import { exampleFor } from "../../schemas/checker.ts";
import { registryOf } from "../registry_of.ts";
import type { CommandInput } from "../command.ts";
import { printJson } from "../print_json.ts";

interface Flags {
  readonly registry: readonly string[];
  readonly json: boolean;
}

/** Prints an inputs document that passes the check. */
export function run(
  { flags, operands, world }: CommandInput<Flags>,
): Promise<number> {
  const { entry } = registryOf(flags, world).require(operands[0] ?? "");
  const example = exampleFor(entry);
  if (flags.json) printJson(world, example);
  else world.stdout.write(`${JSON.stringify(example, null, 2)}\n`);
  return Promise.resolve(0);
}

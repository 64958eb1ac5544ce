import { describeEntry } from "../../registry/mod.ts";
import { registryOf } from "../registry_of.ts";
import type { CommandInput } from "../command.ts";
import { printJson } from "../print_json.ts";

interface Flags {
  readonly registry: readonly string[];
  readonly json: boolean;
}

/** Shows one entry. */
export function run(
  { flags, operands, world }: CommandInput<Flags>,
): Promise<number> {
  const loaded = registryOf(flags, world).require(operands[0] ?? "");
  const { entry, file, root } = loaded;
  if (flags.json) printJson(world, { ...entry, file, shipped: root.shipped });
  else world.stdout.write(describeEntry(loaded));
  return Promise.resolve(0);
}

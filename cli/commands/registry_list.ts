import { describeList } from "../../registry/mod.ts";
import { registryOf } from "../registry_of.ts";
import type { CommandInput } from "../command.ts";
import { printJson } from "../print_json.ts";

interface Flags {
  readonly registry: readonly string[];
  readonly json: boolean;
}

/** Lists every entry of every root. */
export function run({ flags, world }: CommandInput<Flags>): Promise<number> {
  const entries = registryOf(flags, world).list();
  if (flags.json) {
    printJson(
      world,
      entries.map(({ entry, file, root }) => ({
        ...entry,
        file,
        shipped: root.shipped,
      })),
    );
  } else world.stdout.write(describeList(entries));
  return Promise.resolve(0);
}

import { openArtifacts } from "../artifact_store.ts";
import { bytesText } from "../amounts.ts";
import type { CommandInput } from "../command.ts";
import { lookThrough } from "../progress/look_through.ts";
import { printJson } from "../print_json.ts";
import { printable } from "../printable.ts";

interface Flags {
  readonly stateDir: string | undefined;
  readonly json: boolean;
}

/** Lists the world paths of the store that start with a prefix. */
export async function run(
  { flags, operands: [prefix = ""], world }: CommandInput<Flags>,
): Promise<number> {
  const { store } = await openArtifacts(flags, world);
  const found = await lookThrough(
    "artifacts",
    world,
    () => Array.fromAsync(store.list(prefix)),
  );
  const artifacts = found.map(({ path, cid, size, mime }) => ({
    path,
    cid,
    size_bytes: size,
    mime,
  }));
  if (flags.json) {
    const count = artifacts.length;
    printJson(world, { status: "success", artifacts, count });
    return 0;
  }
  const sizes = artifacts.map(({ size_bytes }) => bytesText(size_bytes));
  const width = Math.max(0, ...sizes.map(({ length }) => length));
  for (const [i, { path }] of artifacts.entries()) {
    const size = (sizes[i] ?? "").padStart(width);
    world.stdout.write(`${size}  ${printable(path)}\n`);
  }
  return 0;
}

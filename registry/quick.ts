/** The registry for a run: the second door of registry, which loads the reader of entries only when there are others than the shipped ones. */
import { readAheadReader } from "./read_ahead.ts";
import type { Registry } from "./registry.ts";
import { registryOver } from "./registry.ts";
import type { RegistryRoot } from "./roots.ts";
export { rootsFrom } from "./roots.ts";
export { SHIPPED_DIR } from "./shipped.ts";
export type { Registry } from "./registry.ts";
export type { LoadedEntry } from "./loaded_entry.ts";

/** Opens registry roots as `openRegistry` does. `load` and `scan` are not as thorough about shipped entries. */
export async function quickRegistry(
  roots: readonly RegistryRoot[],
): Promise<Registry> {
  const [only, other] = roots;
  const read = only?.shipped && other === undefined
    ? readAheadReader(only)
    : undefined;
  if (read !== undefined) return registryOver(roots, read);
  const { openRegistry } = await loadOpen();
  return openRegistry(roots);
}

/** Named by a computed address: what Deno sees as an import it reads at start. */
function loadOpen(): Promise<typeof import("./open.ts")> {
  return import(new URL("./open.ts", import.meta.url).href);
}

import { canonicalJson } from "../schemas/mod.ts";
import type { World } from "./world.ts";

/** Writes a result as one line of canonical JSON. */
export function printJson(world: World, value: unknown): void {
  world.stdout.write(`${canonicalJson(value)}\n`);
}

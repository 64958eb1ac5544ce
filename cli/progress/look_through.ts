import type { World } from "../world.ts";
import { startProgress } from "./progress.ts";

/** Looks at many things, of which nobody knows how many they are; on a terminal it shows so when that takes long. */
export async function lookThrough<T>(
  what: string,
  world: World,
  look: () => Promise<T>,
): Promise<T> {
  const progress = startProgress(world, { quiet: false });
  progress.begin("look", what);
  return await look().finally(progress.end);
}

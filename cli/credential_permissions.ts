import {
  authFiles,
  helperPrograms,
  readConfig,
} from "../adapters/images/mod.ts";
import { Failure } from "../schemas/mod.ts";
import type { Permissions, World } from "./world.ts";

/** The programs that know the user's logins for registries, as the configurations name them that may be read. */
export async function credentialPrograms(
  world: World,
): Promise<Permissions | undefined> {
  const programs: string[] = [];
  for (const value of authFiles(world.env)) {
    if (!await world.permissions.granted({ name: "read", value })) continue;
    programs.push(...helperPrograms(await readConfig(value).catch(nothing)));
  }
  return programs.length === 0 ? undefined : { run: [...new Set(programs)] };
}

/** A damaged one is told of by who looks for a login in it. */
function nothing(error: unknown): null {
  if (error instanceof Failure) return null;
  throw error;
}

import { Failure, resolve } from "../../schemas/mod.ts";
import type { LoadedEntry } from "../../registry/mod.ts";
import { registryOf } from "../registry_of.ts";
import { stagedName } from "../staged_name.ts";
import type { Permissions, World } from "../world.ts";

interface PinFlags {
  readonly ref: string;
  readonly registry: readonly string[];
  readonly dryRun: boolean;
}

/**
 * The entry of a ref, for its user to edit; throws `ERR_ENTRY_SHIPPED` for one that came with theoryctl, unless its root
 * was given by name.
 */
export function ownEntry(flags: PinFlags, world: World): LoadedEntry {
  const entry = registryOf(flags, world).require(flags.ref);
  const { root } = entry;
  const named = flags.registry.some((dir) =>
    resolve(world.cwd, dir) === resolve(world.cwd, root.dir)
  );
  if (!root.shipped || named) return entry;
  throw new Failure(
    "ERR_ENTRY_SHIPPED",
    `Cannot pin "${flags.ref}": its entry came with theoryctl`,
    {
      hint: `Copy ${entry.dir} to processors/${
        placeOf(flags.ref)
      }, then add --registry processors`,
    },
  );
}

function placeOf(ref: string): string {
  return ref.replace("@", "/");
}

/** What writing the entry of a ref takes; undefined where there is none that may be written. */
export function pinPermissions(
  flags: PinFlags,
  world: World,
): Permissions | undefined {
  if (flags.dryRun) return undefined;
  try {
    const { file } = ownEntry(flags, world);
    return { write: [file, stagedName(file)] };
  } catch (error) {
    if (error instanceof Failure) return undefined;
    throw error;
  }
}

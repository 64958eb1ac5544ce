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
  if (isOwn(entry, flags.registry, world)) return entry;
  throw new Failure(
    "ERR_ENTRY_SHIPPED",
    `Cannot pin "${flags.ref}": its entry came with theoryctl`,
    {
      hint: `${copyIt(entry)}, then add --registry ${OWN_ROOT}`,
    },
  );
}

/** Whether an entry is its user's, of whose command line these are the registries. */
export function isOwn(
  { root }: LoadedEntry,
  registries: readonly string[],
  { cwd }: World,
): boolean {
  return !root.shipped ||
    registries.some((dir) => resolve(cwd, dir) === resolve(cwd, root.dir));
}

/** Where a copy of a shipped entry is proposed to be. */
export const OWN_ROOT = "processors";

/** What makes an entry that came with theoryctl one of its user's. */
export function copyIt({ dir, entry: { ref } }: LoadedEntry): string {
  return `Copy ${dir} to ${OWN_ROOT}/${ref.replace("@", "/")}`;
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

import { dirname } from "../schemas/mod.ts";
import type { Command } from "./command.ts";
import { TERMINAL_OPTIONS } from "./touches.ts";
import type { Permission, Permissions, Surroundings, World } from "./world.ts";

/** Kinds of permissions, in the order in which they are shown. */
export const KINDS = ["read", "write", "net", "run", "env"] as const;

/** Every single permission of a set, once. */
export function each(permissions: Permissions): readonly Permission[] {
  return KINDS.flatMap((name) =>
    [...new Set(permissions[name])].map((value) => ({ name, value }))
  );
}

/** Whether a set holds nothing. */
export function isEmpty(permissions: Permissions): boolean {
  return each(permissions).length === 0;
}

/** What is in either of two sets. */
export function union(a: Permissions, b: Permissions): Permissions {
  return Object.fromEntries(
    KINDS.map((name) => [name, [...a[name] ?? [], ...b[name] ?? []]]),
  );
}

/** The part of a set that is not granted. */
export async function missingOf(
  permissions: Permissions,
  world: World,
): Promise<Permission[]> {
  const missing: Permission[] = [];
  for (const permission of each(permissions)) {
    if (!await world.permissions.granted(permission)) missing.push(permission);
  }
  return missing;
}

/** Whether somebody can be asked for what is not granted. */
export function asks({ stdin, stderr }: World): boolean {
  return stdin.isTerminal && stderr.isTerminal;
}

/** The part of a set that is granted. */
export async function grantedOf(
  permissions: Permissions,
  world: World,
): Promise<Permissions> {
  const missing = await missingOf(permissions, world);
  const isMissing = (name: string, value: string) =>
    missing.some((one) => one.name === name && one.value === value);
  return Object.fromEntries(
    KINDS.map((name) => [
      name,
      (permissions[name] ?? []).filter((value) => !isMissing(name, value)),
    ]),
  );
}

/** What a command does without when it is not granted. */
export function optionalOf(
  { optional = {}, optionalThere }: Command,
  world: Surroundings,
): Permissions {
  const there = optionalThere?.(world) ?? {};
  return union(union(TERMINAL_OPTIONS, optional), there);
}

/**
 * The flags of `deno run` that grant a set and nothing else. In a flag a comma always ends a value: instead of a path with
 * a comma the nearest folder above it that has none is granted, and what the command may do with that is narrowed again.
 */
export function permissionFlags(permissions: Permissions): readonly string[] {
  return KINDS.flatMap((name) => {
    const paths = name === "read" || name === "write";
    const values = (permissions[name] ?? []).map(paths ? sayable : String);
    return values.length === 0
      ? []
      : [`--allow-${name}=${[...new Set(values)].sort().join(",")}`];
  });
}

function sayable(value: string): string {
  return value.includes(",") ? sayable(dirname(value)) : value;
}

import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Permission, Permissions } from "../../cli/world.ts";

/** One access of a program, from Deno's permission audit log. */
export interface Access {
  readonly permission: string;
  /** Null when nothing in particular was asked for. */
  readonly value: string | null;
}

/** Reads what `DENO_AUDIT_PERMISSIONS` has written. */
export async function readAudit(file: string): Promise<readonly Access[]> {
  const lines = (await Deno.readTextFile(file)).split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line));
}

/** The accesses that a set does not hold, each once, as readable texts. */
export function excessOf(
  accesses: readonly Access[],
  set: Permissions,
  cwd: string,
): readonly string[] {
  const excess = accesses.filter((access) => !isIn(access, set, cwd))
    .map(({ permission, value }) => `${permission} ${value}`);
  return [...new Set(excess)].sort();
}

function isIn(
  { permission, value }: Access,
  set: Permissions,
  cwd: string,
): boolean {
  if (value === null || !isKind(permission)) return false;
  const values = set[permission] ?? [];
  if (permission === "read" || permission === "write") {
    const path = resolve(
      cwd,
      value.startsWith("file:") ? fileURLToPath(value) : value,
    );
    return values.some((folder) => isBelow(path, resolve(cwd, folder)));
  }
  if (permission === "net") return values.includes(hostOf(value));
  return values.includes(value);
}

function isKind(name: string): name is Permission["name"] {
  return ["read", "write", "net", "run", "env"].includes(name);
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

/** Of an address with or without scheme and port. */
function hostOf(address: string): string {
  return new URL(address.includes("://") ? address : `tcp://${address}`)
    .hostname;
}

import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Request } from "../../cli/application.ts";
import { KINDS, union } from "../../cli/permission_sets.ts";
import { optionalFor } from "../../cli/permissions.ts";
import { settingsPlaces } from "../../cli/settings/places.ts";
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
  if (permission === "net") return values.some((each) => reaches(each, value));
  return values.includes(value);
}

function isKind(name: string): name is Permission["name"] {
  return ["read", "write", "net", "run", "env"].includes(name);
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

/** Whether a permission is for an address, with or without scheme and port: by its host, both, or a subnet. */
function reaches(permission: string, address: string): boolean {
  if (address.startsWith("unix:")) return permission === address;
  const { hostname, host } = new URL(
    address.includes("://") ? address : `tcp://${address}`,
  );
  const [subnet = "", bits] = permission.split("/");
  if (bits === undefined) return [hostname, host].includes(permission);
  const dropped = 2 ** (32 - Number(bits));
  return Math.floor(numberOf(subnet) / dropped) ===
    Math.floor(numberOf(hostname) / dropped);
}

/** Of an address of IPv4; not a number for anything else. */
function numberOf(address: string): number {
  return address.split(".").reduce((all, part) => all * 256 + Number(part), 0);
}

/**
 * Also allowed: what is optional, and what making the Worker is logged as, a null for each of its values.
 * Whoever may read everything is said to write, too, whenever he reads.
 */
export function narrowedExcess(
  accesses: readonly Access[],
  request: Request,
  { declared, cwd }: { readonly declared: Permissions; readonly cwd: string },
): readonly string[] {
  const looked = { read: settingsPlaces(cwd) };
  const held = union(declared, union(optionalFor(request), looked));
  const left = new Map(KINDS.map((kind) => [kind, held[kind]?.length ?? 0]));
  const others = accesses.filter(({ permission, value }, i) => {
    const before = accesses[i - 1];
    const alsoRead = before?.permission === "read" && before.value === value;
    if (permission === "write" && alsoRead) return false;
    const kind = KINDS.find((each) => each === permission);
    if (value !== null || kind === undefined) return true;
    left.set(kind, (left.get(kind) ?? 0) - 1);
    return (left.get(kind) ?? 0) < 0;
  });
  return excessOf(others, held, cwd);
}

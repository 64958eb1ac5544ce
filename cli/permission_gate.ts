import config from "../deno.json" with { type: "json" };
import { probesBeyond } from "./exceeds.ts";
import type { Signals } from "./signals.ts";
import type { Permission, PermissionGate, Permissions } from "./world.ts";

/** The permissions of this process, or of the Worker that this is. */
export function permissionGate(
  cwd: string,
  unheard: Signals["unheard"],
): PermissionGate {
  const granted = async (permission: Permission) =>
    await isGranted(descriptor(permission));
  return {
    granted,
    // A question keeps the whole thread, so that a listener would hear nothing before it is answered.
    ask: async (permission) => {
      const { state } = await unheard(() =>
        Deno.permissions.request(descriptor(permission))
      );
      return state === "granted";
    },
    exceeds: async (permissions) => {
      for (const name of KINDS) if (await isGranted({ name })) return true;
      const usual = config.permissions.default;
      for (const probe of probesBeyond(permissions, { cwd, usual })) {
        if (await granted(probe)) return true;
      }
      return false;
    },
  };
}

/** What is too much when it is granted as a whole. */
const KINDS = [
  "read",
  "write",
  "net",
  "run",
  "env",
  "sys",
  "ffi",
] as const satisfies readonly (keyof Permissions | "sys" | "ffi")[];

async function isGranted(
  descriptor: Deno.PermissionDescriptor,
): Promise<boolean> {
  return (await Deno.permissions.query(descriptor)).state === "granted";
}

/** An address of a subnet, since Deno answers for addresses alone; anything else as it is. */
function memberOf(host: string): string {
  return /^[0-9.]+\/[0-9]+$/.test(host)
    ? host.slice(0, host.indexOf("/"))
    : host;
}

function descriptor({ name, value }: Permission): Deno.PermissionDescriptor {
  if (name === "read" || name === "write") return { name, path: value };
  if (name === "net") return { name, host: memberOf(value) };
  return name === "run"
    ? { name, command: value }
    : { name: "env", variable: value };
}

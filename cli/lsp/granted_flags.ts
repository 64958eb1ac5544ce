import { permissionFlags } from "../permission_sets.ts";

const KINDS = ["read", "write", "net", "run", "env", "sys", "ffi"] as const;

/** What this process has been granted, as flags of Deno: of folders, those that it is asked about. */
export function grantedFlags(folders: readonly string[]): readonly string[] {
  const whole = KINDS.filter((name) => isGranted({ name }));
  const has = (name: typeof KINDS[number]) => whole.includes(name);
  const read = has("read")
    ? []
    : folders.filter((path) => isGranted({ name: "read", path }));
  const run = !has("run") && mayRun("deno") ? ["deno"] : [];
  return [
    ...whole.map((name) => `--allow-${name}`),
    ...permissionFlags({ read, run }),
  ];
}

/** Whether a program may be run. */
export function mayRun(command: string): boolean {
  return isGranted({ name: "run", command });
}

function isGranted(descriptor: Deno.PermissionDescriptor): boolean {
  return Deno.permissions.querySync(descriptor).state === "granted";
}

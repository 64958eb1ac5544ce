const KINDS = ["read", "write", "net", "run", "env", "sys", "ffi"] as const;

/** What this process has been granted, as flags of Deno that are only shown: of folders, those that it is asked about. */
export function grantedFlags(folders: readonly string[]): readonly string[] {
  const whole = KINDS.filter((name) => isGranted({ name }));
  const has = (name: typeof KINDS[number]) => whole.includes(name);
  const read = has("read")
    ? []
    : folders.filter((path) => isGranted({ name: "read", path }));
  const run = !has("run") && mayRun("deno");
  return [
    ...whole.map((name) => `--allow-${name}`),
    ...(read.length === 0
      ? []
      : [`--allow-read=${[...new Set(read)].sort().join(",")}`]),
    ...(run ? ["--allow-run=deno"] : []),
  ];
}

/** Whether a program may be run. */
export function mayRun(command: string): boolean {
  return isGranted({ name: "run", command });
}

function isGranted(descriptor: Deno.PermissionDescriptor): boolean {
  return Deno.permissions.querySync(descriptor).state === "granted";
}

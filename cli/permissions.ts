import { Failure } from "../schemas/mod.ts";
import type { Permission, Permissions, World } from "./world.ts";

/** Every single permission of a set. */
export function each(permissions: Permissions): readonly Permission[] {
  return (["read", "write", "net", "run", "env"] as const).flatMap((name) =>
    (permissions[name] ?? []).map((value) => ({ name, value }))
  );
}

/**
 * Makes sure that what a command declared is granted: asks on a terminal, elsewhere throws
 * `ERR_PERMISSION` with the complete command line to type.
 */
export async function ensureGranted(
  permissions: Permissions,
  world: World,
): Promise<void> {
  const missing = await missingOf(permissions, world);
  if (missing.length === 0) return;
  if (world.stdin.isTerminal && world.stderr.isTerminal) {
    for (const permission of missing) {
      if (!await world.permissions.ask(permission)) {
        throw refusal([permission], permissions, world);
      }
    }
    return;
  }
  throw refusal(missing, permissions, world);
}

async function missingOf(
  permissions: Permissions,
  world: World,
): Promise<Permission[]> {
  const missing: Permission[] = [];
  for (const permission of each(permissions)) {
    if (!await world.permissions.granted(permission)) missing.push(permission);
  }
  return missing;
}

function refusal(
  missing: readonly Permission[],
  all: Permissions,
  world: World,
): Failure {
  const list = missing.map(({ name, value }) => `${name} of "${value}"`).join(
    ", ",
  );
  return new Failure(
    "ERR_PERMISSION",
    `Cannot go on: permission not granted for ${list}`,
    {
      hint: `Run: ${commandLine(all, world)}`,
    },
  );
}

/** The line that runs this command with exactly the permissions it needs. */
export function commandLine(permissions: Permissions, world: World): string {
  const flags = (["read", "write", "net", "run", "env"] as const).flatMap(
    (name) => {
      const values = [...new Set(permissions[name] ?? [])].sort();
      return values.length === 0 ? [] : [`--allow-${name}=${values.join(",")}`];
    },
  );
  const words = [
    "deno",
    "run",
    ...flags,
    `${world.toolkit.dir}/main.ts`,
    ...world.args,
  ];
  return words.map(quote).join(" ");
}

/** Quotes a word for a POSIX shell, when it needs it. */
function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word)
    ? word
    : `'${word.replaceAll("'", `'\\''`)}'`;
}

import { Failure } from "../schemas/mod.ts";
import type { Request } from "./application.ts";
import type { Permission, Permissions, World } from "./world.ts";

const KINDS = ["read", "write", "net", "run", "env"] as const;

/** Every single permission of a set. */
export function each(permissions: Permissions): readonly Permission[] {
  return KINDS.flatMap((name) =>
    (permissions[name] ?? []).map((value) => ({ name, value }))
  );
}

/** Whether a set holds nothing. */
export function isEmpty(permissions: Permissions): boolean {
  return each(permissions).length === 0;
}

/**
 * Makes sure that everything a command declares is granted, and answers that, with what is optional and
 * granted. Asks on a terminal; elsewhere throws `ERR_PERMISSION` with the complete command line to type.
 */
export async function ensureDeclared(
  { command, input }: Request,
): Promise<Permissions> {
  const { world } = input;
  const { further } = command;
  let set = command.permissions(input);
  let hint: string | undefined;
  if (further !== undefined) {
    const needs = further.needs(input);
    if (asks(world)) await ensureGranted(needs, world);
    const known = (await missingOf(needs, world)).length === 0;
    if (known) set = union(set, await further.find(input) ?? {});
    else hint = `It will then name ${further.brief}`;
  }
  await ensureGranted(set, world, hint);
  return union(set, await grantedOf(command.optional ?? {}, world));
}

async function ensureGranted(
  permissions: Permissions,
  world: World,
  hint?: string,
): Promise<void> {
  const missing = await missingOf(permissions, world);
  if (missing.length === 0) return;
  if (!asks(world)) throw refusal(missing, permissions, { world, hint });
  for (const permission of missing) {
    if (!await world.permissions.ask(permission)) {
      throw refusal([permission], permissions, { world, hint });
    }
  }
}

function asks({ stdin, stderr }: World): boolean {
  return stdin.isTerminal && stderr.isTerminal;
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

async function grantedOf(
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

function union(a: Permissions, b: Permissions): Permissions {
  return Object.fromEntries(
    KINDS.map((name) => [name, [...a[name] ?? [], ...b[name] ?? []]]),
  );
}

function refusal(
  missing: readonly Permission[],
  all: Permissions,
  { world, hint }: {
    readonly world: World;
    readonly hint: string | undefined;
  },
): Failure {
  const list = missing.map(({ name, value }) => `${name} of "${value}"`).join(
    ", ",
  );
  const lines = [`Run: ${commandLine(all, world)}`];
  if (hint !== undefined) lines.push(hint);
  return new Failure(
    "ERR_PERMISSION",
    `Cannot go on: permission not granted for ${list}`,
    { hint: lines.join("\n") },
  );
}

/** The line that runs this command with exactly the permissions it needs. */
export function commandLine(permissions: Permissions, world: World): string {
  const flags = KINDS.flatMap((name) => {
    const values = [...new Set(permissions[name] ?? [])].sort();
    return values.length === 0
      ? []
      : [`--allow-${name}=${values.map(listed).join(",")}`];
  });
  const words = [
    "deno",
    "run",
    ...flags,
    `${world.toolkit.dir}/main.ts`,
    ...world.args,
  ];
  return words.map(quote).join(" ");
}

/** Deno reads a comma as the end of a value, and two of them as one. */
function listed(value: string): string {
  return value.replaceAll(",", ",,");
}

/** Quotes a word for a POSIX shell, when it needs it. */
function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word)
    ? word
    : `'${word.replaceAll("'", `'\\''`)}'`;
}

import { Failure } from "../schemas/mod.ts";
import type { Request } from "./application.ts";
import { each, KINDS, permissionFlags, union } from "./permission_sets.ts";
import type { Permission, Permissions, World } from "./world.ts";

/**
 * Makes sure that everything a command declares is granted, and answers that. Asks on a terminal;
 * elsewhere throws `ERR_PERMISSION` with the complete command line to type.
 */
export async function ensureDeclared(request: Request): Promise<Permissions> {
  const { command: { permissions, further }, input } = request;
  const { world } = input;
  const needs = further?.needs(input) ?? {};
  const first = permissions(input);
  const hint = `It will then name ${further?.brief}`;
  if (asks(world)) await ensureGranted(needs, world, { all: first, hint });
  if ((await missingOf(needs, world)).length > 0) {
    await ensureGranted(first, world, { all: first, hint });
  }
  const all = await declaredBy(request);
  await ensureGranted(all, world, { all });
  return all;
}

/** Everything that a command declares, with what it has to read something for. */
export async function declaredBy(
  { command, input }: Request,
): Promise<Permissions> {
  const further = await command.further?.find(input);
  return union(command.permissions(input), further ?? {});
}

/** What to tell whoever has to grant more. */
interface Told {
  /** What the whole command takes. */
  readonly all: Permissions;
  readonly hint?: string;
}

async function ensureGranted(
  permissions: Permissions,
  world: World,
  told: Told,
): Promise<void> {
  const missing = await missingOf(permissions, world);
  if (missing.length === 0) return;
  if (!asks(world)) throw refusal(missing, told, world);
  for (const permission of missing) {
    if (!await world.permissions.ask(permission)) {
      throw refusal([permission], told, world);
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

function refusal(
  missing: readonly Permission[],
  { all, hint }: Told,
  world: World,
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
  const words = [
    "deno",
    "run",
    ...permissionFlags(permissions),
    `${world.toolkit.dir}/${world.toolkit.file}`,
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

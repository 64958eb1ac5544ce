import { Failure, resolve, SETTINGS_FILES } from "../schemas/mod.ts";
import type { Request } from "./application.ts";
import { later } from "./command_module.ts";
import { entryOptions } from "./fallback.ts";
import {
  asks,
  missingOf,
  optionalOf,
  permissionFlags,
  union,
} from "./permission_sets.ts";
import { quote } from "./quote.ts";
import { heedsSettings } from "./settings/find_settings.ts";
import type { Permission, Permissions, Surroundings, World } from "./world.ts";

/**
 * Makes sure that everything a command declares is granted, and answers that. Asks on a terminal;
 * elsewhere throws `ERR_PERMISSION` with the complete command line to type.
 */
export async function ensureDeclared(request: Request): Promise<Permissions> {
  const { command: { permissions, further = [], flags }, input } = request;
  const { world } = input;
  const needs = further.map((one) => one.needs(input)).reduce(union, {});
  const first = union(permissions(input), settingsRead(world));
  const settings = heedsSettings(flags) ? { read: SETTINGS_FILES } : {};
  const later = further.filter(({ seldom }) => seldom !== true)
    .flatMap(({ kinds }) => Object.values(kinds).flat());
  const told = {
    all: first,
    settings,
    ...(later.length === 0
      ? {}
      : { hint: `It will then name ${[...new Set(later)].join(", and ")}` }),
  };
  if (asks(world)) await ensureGranted(needs, world, told);
  if ((await missingOf(needs, world)).length > 0) {
    await ensureGranted(first, world, told);
  }
  const all = await declaredBy(request);
  await ensureGranted(all, world, { all, settings });
  return all;
}

/** Everything that a command declares, with what it has to read something for. */
export async function declaredBy(
  { command, input }: Request,
): Promise<Permissions> {
  const { further = [] } = command;
  const found = await Promise.all(further.map((one) => one.find(input)));
  const read = settingsRead(input.world);
  const first = union(command.permissions(input), read);
  return found.reduce<Permissions>((all, one) => union(all, one ?? {}), first);
}

/** The settings that were found, so that they are found again. */
function settingsRead({ settings }: Surroundings): Permissions {
  return settings === undefined ? {} : { read: [settings.file] };
}

/** What a command line does without when it is not granted, with what it may look for around its documents. */
export function optionalFor({ command, input }: Request): Permissions {
  const { cwd } = input.world;
  const documents = command.documents?.(input) ?? [];
  const paths = documents.map((each) => resolve(cwd, each));
  const optional = optionalOf(command, input.world);
  return union(optional, entryOptions(paths));
}

/** What to tell whoever has to grant more. */
interface Told {
  /** What the whole command takes. */
  readonly all: Permissions;
  /** What lets it see the settings of the working folder. */
  readonly settings?: Permissions;
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

const parsing = later<typeof import("./run_cli.ts")>("./run_cli.ts");

/**
 * Makes sure of what a command is found to take besides what it could declare. Asks on a terminal; elsewhere throws
 * `ERR_PERMISSION` with the line that grants all of it.
 */
export async function ensureMore(
  more: Permissions,
  world: World,
): Promise<void> {
  if ((await missingOf(more, world)).length === 0) return;
  const { parse } = await parsing();
  const request = await parse(world);
  const declared = typeof request === "number" ? {} : await declaredBy(request);
  await ensureGranted(more, world, { all: union(declared, more) });
}

function refusal(
  missing: readonly Permission[],
  { all, settings = {}, hint }: Told,
  world: World,
): Failure {
  const list = missing.map(({ name, value }) => `${name} of "${value}"`).join(
    ", ",
  );
  const lines = [`Run: ${commandLine(union(all, settings), world)}`];
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

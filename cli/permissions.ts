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
import { heedsSettings } from "./settings/heeds_settings.ts";
import { OWN_ENV } from "./touches.ts";
import type { Permission, Permissions, Surroundings, World } from "./world.ts";

/**
 * What was asked for, once that may be seen which says where things are: the environment, and settings. Asks on a
 * terminal, for what else is asked depends on it; elsewhere what was asked for stays as it is.
 */
export async function withPlaces(request: Request): Promise<Request> {
  const { world } = request.input;
  const env = placeNames(request);
  if (!asks(world) || env.length === 0) return request;
  // Without the program's folder no settings are read.
  const needs = { read: [world.toolkit.dir], env };
  if ((await missingOf(needs, world)).length === 0) return request;
  await ensureGranted(needs, world, () => toldOf(request));
  const { parse } = await parsing();
  const seen = await parse(world);
  return typeof seen === "number" ? request : seen;
}

/**
 * Makes sure that everything a command declares is granted, and answers that. Asks on a terminal;
 * elsewhere throws `ERR_PERMISSION` with the complete command line to type.
 */
export async function ensureDeclared(request: Request): Promise<Permissions> {
  const { command: { further = [] }, input } = request;
  const { world } = input;
  const needs = further.map((one) => one.needs(input)).reduce(union, {});
  const told = () => toldOf(request);
  if (asks(world)) await ensureGranted(needs, world, told);
  if ((await missingOf(needs, world)).length > 0) {
    await ensureGranted((await told()).all, world, told);
  }
  const all = await declaredBy(request);
  await ensureGranted(all, world, async () => ({
    ...await told(),
    all,
    besides: [],
  }));
  return all;
}

/** The names that say where things are, of those that a command declares. */
function placeNames({ command, input }: Request): readonly string[] {
  const { env = [] } = command.permissions(input);
  return OWN_ENV.filter((name) => env.includes(name));
}

/** What to tell of a command as long as nothing was read for it. */
async function toldOf(request: Request): Promise<Told> {
  const { command: { permissions, further = [], flags }, input } = request;
  const { world } = input;
  const settings = heedsSettings(flags) ? { read: SETTINGS_FILES } : {};
  const names = { env: placeNames(request) };
  const unseen = await missingOf(union(names, settings), world);
  return {
    all: union(permissions(input), settingsRead(world)),
    settings,
    besides: further.filter(({ seldom }) => seldom !== true)
      .flatMap(({ kinds }) => Object.values(kinds).flat()),
    places: unseen.map(({ value }) => value),
    above: world.settings === undefined &&
      unseen.some(({ name }) => name === "read"),
  };
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
  /** What it will name besides, once it can be known. */
  readonly besides?: readonly string[];
  /** What may name other folders, and may not be seen yet. */
  readonly places?: readonly string[];
  /** Whether there may be settings in folders above, which the line does not grant. */
  readonly above?: boolean;
}

async function ensureGranted(
  permissions: Permissions,
  world: World,
  told: () => Promise<Told>,
): Promise<void> {
  const missing = await missingOf(permissions, world);
  if (missing.length === 0) return;
  if (!asks(world)) throw refusal(missing, await told(), world);
  for (const permission of missing) {
    if (!await world.permissions.ask(permission)) {
      throw refusal([permission], await told(), world);
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
  await ensureGranted(more, world, async () => {
    const { parse } = await parsing();
    const request = await parse(world);
    const declared = typeof request === "number"
      ? {}
      : await declaredBy(request);
    return { all: union(declared, more) };
  });
}

function refusal(
  missing: readonly Permission[],
  { all, settings = {}, besides = [], places = [], above = false }: Told,
  world: World,
): Failure {
  const list = missing.map(({ name, value }) => `${name} of "${value}"`).join(
    ", ",
  );
  const lines = [`Run: ${commandLine(union(all, settings), world)}`];
  if (besides.length > 0) {
    lines.push(`It will then name ${[...new Set(besides)].join(", and ")}`);
  }
  if (places.length > 0) {
    lines.push(`It may then name other folders, those of ${places.join(", ")}`);
  }
  if (above) lines.push("Settings of a folder above count if they are granted");
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

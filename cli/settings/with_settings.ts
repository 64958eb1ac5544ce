import type { Request } from "../application.ts";
import type { Flags, FlagValues } from "../command.ts";
import type { World } from "../world.ts";
import { findSettings } from "./find_settings.ts";
import type { CommandSettings } from "./open_settings.ts";

/** Flags of which settings give none when the line or the environment gives one of them. */
const ONE_OF = [
  ["inputs", "inputsFile", "inputsJson"],
  ["saveDir", "saveFirst"],
];

/** Environment names that are stronger than settings. */
const ENVIRONMENT: Readonly<Record<string, string>> = {
  stateDir: "THEORY_STATE_DIR",
};

/** What was asked for, with what the settings of the working folder add to it. */
export async function withSettings(request: Request): Promise<Request> {
  const { command, input } = request;
  const settings = await findSettings(command, input.world);
  if (settings === undefined) return request;
  const world: World = { ...input.world, settings };
  const flags = withDefaults(command.flags, input.flags, { settings, world });
  return { command, input: { ...input, flags, world } };
}

function withDefaults(
  flags: Flags,
  given: FlagValues<Flags>,
  { settings, world }: {
    readonly settings: CommandSettings;
    readonly world: World;
  },
): FlagValues<Flags> {
  const inEnvironment = (name: string) => {
    const variable = ENVIRONMENT[name];
    return variable !== undefined && Boolean(world.env(variable));
  };
  const isGiven = (name: string) =>
    !isAbsent(given[name]) || inEnvironment(name);
  return Object.fromEntries(
    Object.entries(flags).map(([name, flag]) => {
      const group = ONE_OF.find((each) => each.includes(name)) ?? [name];
      const value = group.some(isGiven)
        ? undefined
        : settings.defaultOf(name, flag);
      return [name, value ?? given[name]];
    }),
  );
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === false ||
    (Array.isArray(value) && value.length === 0);
}

/** The first flag that must be given, but is not; its name as in the menu. */
export function missingFlag(
  { command, input }: Request,
): string | undefined {
  return Object.entries(command.flags).find(([name, flag]) =>
    flag.kind === "text" && flag.required === true &&
    input.flags[name] === undefined
  )?.[0];
}

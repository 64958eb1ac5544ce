import type { CommandInput } from "./command.ts";
import { flagName } from "./flag_name.ts";
import { MENU } from "./menu.ts";
import { typed } from "./program.ts";
import { quote } from "./quote.ts";

/** The command that another one is to be typed after. */
export type Before = Pick<CommandInput<object>, "flags" | "world">;

/** Flags that say where things are, so that another command finds them by the same. */
const PLACES = ["registry", "stateDir"];

/** How the line of a command begins that is to be typed after another one: with the places that this was given. */
export function nextCommand(
  path: readonly string[],
  { flags, world }: Before,
): string {
  const name = path.join(" ");
  const takes = MENU.find((each) => each.path.join(" ") === name)?.flags ?? {};
  const given = new Map<string, unknown>(Object.entries(flags));
  const places = PLACES.filter((place) => place in takes)
    .flatMap((place) => wordsOf(place, given.get(place)));
  return [typed(world.toolkit, path), ...places].join(" ");
}

function wordsOf(flag: string, value: unknown): readonly string[] {
  const values = Array.isArray(value) ? value : [value];
  return values.flatMap((each) =>
    typeof each === "string" ? [flagName(flag), quote(each)] : []
  );
}

import type { FlagShape } from "../../schemas/checker.ts";
import { flagName } from "../flag_name.ts";
import { MENU } from "../menu.ts";

/** The flags of all commands, as settings name them. */
export function flagShapes(): readonly FlagShape[] {
  return MENU.flatMap(({ flags }) =>
    Object.entries(flags).map(([name, flag]) => ({
      name: flagName(name).slice(2),
      kind: flag.kind,
      ...(flag.kind === "choice" ? { values: flag.values } : {}),
    }))
  );
}

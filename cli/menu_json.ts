import type { Json } from "../schemas/mod.ts";
import type { Command, Flag } from "./command.ts";
import { flagName } from "./flag_name.ts";

/** Commands as data: what `help --json` prints. */
export function menuJson(menu: readonly Command[]): Json {
  return menu.map((command) => ({
    command: command.path.join(" "),
    brief: command.brief,
    about: command.about ?? command.brief,
    flags: Object.entries(command.flags).map(([key, flag]) =>
      flagJson(key, flag)
    ),
    operands: operandsJson(command.operands),
    examples: [...command.examples],
    permissions: command.touches,
    exit_codes: [...new Set([0, 2, ...command.exits])].sort((a, b) => a - b),
  }));
}

function flagJson(key: string, flag: Flag): Json {
  const { kind, brief, placeholder } = flag;
  return {
    name: flagName(key),
    kind,
    brief,
    ...(placeholder === undefined ? {} : { placeholder }),
    ...(kind === "choice" ? { values: [...flag.values] } : {}),
    required: kind === "text" && flag.required === true,
    repeatable: kind === "list",
  };
}

function operandsJson(operands: Command["operands"]): Json {
  if (operands === undefined) return null;
  const { name, brief, values, minimum = 0, maximum } = operands;
  return {
    name,
    brief,
    ...(values === undefined ? {} : { values: [...values] }),
    minimum,
    maximum: maximum ?? null,
  };
}

import type { Command } from "./command.ts";
import { EXIT_CODES } from "../schemas/exit.ts";
import { permissionLines } from "./help_permissions.ts";

/** The part of a command's help that the parser does not write: examples, permissions, exit codes. */
export function about(command: Command): string {
  const exits = [0, 1, 2, ...command.exits].filter((code, i, all) =>
    all.indexOf(code) === i
  )
    .filter((code) => code !== 1 || command.exits.includes(1))
    .sort((a, b) => a - b);
  return [
    command.about ?? command.brief,
    "",
    "EXAMPLES",
    ...command.examples.map((line) => `  ${line}`),
    "",
    "PERMISSIONS",
    `  ${command.touches}`,
    ...permissionLines(command),
    "",
    "EXIT CODES",
    ...exits.map((code) =>
      `  ${String(code).padStart(3)}  ${EXIT_CODES[code] ?? ""}`
    ),
  ].join("\n");
}

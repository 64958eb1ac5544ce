import type { Command, Flag } from "./command.ts";
import { EXIT_CODES } from "../schemas/exit.ts";
import { flagName } from "./flag_name.ts";
import { permissionLines } from "./help_permissions.ts";
import { named } from "./program.ts";
import { definitions, wrap, wrapCommand } from "./wrap.ts";

/** For whom a help screen is. */
export interface Reader {
  /** How the program was called. */
  readonly program: string;
  readonly columns: number;
}

/** The columns that help is written in: never more than are good to read. */
export function helpColumns(terminal: number): number {
  return Math.max(40, Math.min(80, terminal));
}

/** The whole help of a command. */
export function commandHelp(command: Command, reader: Reader): string {
  const { columns } = reader;
  const name = named(reader.program, command.path);
  return page([
    ["", wrap(command.about ?? command.brief, columns)],
    ["USAGE", indented(wrapCommand(usage(command, name), columns - 2))],
    ["ARGUMENTS", indented(operandLines(command, columns - 2))],
    ["FLAGS", indented(flagLines(command, columns - 2))],
    ["EXAMPLES", indented(exampleLines(command, { ...reader, name }))],
    ["PERMISSIONS", [
      ...indented(wrap(command.touches, columns - 2)),
      ...permissionLines(command, columns),
    ]],
    ["EXIT CODES", indented(exitLines(command, columns - 2))],
  ]);
}

/** A group of commands: its name, and what is in it. */
export interface Group {
  readonly path: readonly string[];
  readonly brief: string;
  /** Names of commands and groups in it, with what they are for. */
  readonly entries: readonly (readonly [name: string, brief: string])[];
}

/** The help of a group of commands; that of all is the program's own. */
export function groupHelp(
  { path, brief, entries }: Group,
  { program, columns }: Reader,
): string {
  const name = named(program, path);
  const flags = [HELP_FLAG, ...(path.length === 0 ? [VERSION_FLAG] : [])];
  const layout = { columns: columns - 2, widest: 24 };
  return page([
    ["", wrap(brief, columns)],
    ["USAGE", indented([`${name} COMMAND [flags]`])],
    ["COMMANDS", indented(definitions(entries, layout))],
    ["FLAGS", indented(definitions(flags, layout))],
    ["", wrap(`Help for one of them: ${name} COMMAND --help`, columns)],
  ]);
}

const HELP_FLAG = ["-h, --help", "Print this and exit"] as const;
const VERSION_FLAG = ["-v, --version", "Print the version and exit"] as const;

type Section = readonly [title: string, lines: readonly string[]];

function page(sections: readonly Section[]): string {
  const texts = sections.filter(([, lines]) => lines.length > 0).map((
    [title, lines],
  ) => [...(title === "" ? [] : [title]), ...lines].join("\n"));
  return `${texts.join("\n\n")}\n`;
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`);
}

function usage({ flags, operands }: Command, name: string): string {
  const required = Object.entries(flags).flatMap(([key, flag]) =>
    flag.kind === "text" && flag.required ? [flagTerm(key, flag)] : []
  );
  return [name, ...operandUsage(operands), ...required, "[flags]"].join(" ");
}

function operandUsage(operands: Command["operands"]): readonly string[] {
  if (operands === undefined) return [];
  const { name, minimum = 0, maximum } = operands;
  const word = maximum === 1 ? name : `${name}...`;
  return [minimum === 0 ? `[${word}]` : word];
}

function operandLines(
  { operands }: Command,
  columns: number,
): readonly string[] {
  if (operands === undefined) return [];
  const rows = [[operands.name, operands.brief]] as const;
  return definitions(rows, { columns, widest: 20 });
}

function flagLines({ flags }: Command, columns: number): readonly string[] {
  const rows = Object.entries(flags).map(([key, flag]) =>
    [flagTerm(key, flag), flag.brief] as const
  );
  return definitions([...rows, HELP_FLAG], {
    columns,
    widest: Math.min(22, Math.floor(columns / 3)),
  });
}

function flagTerm(key: string, flag: Flag): string {
  const name = "short" in flag && flag.short !== undefined
    ? `-${flag.short}, ${flagName(key)}`
    : flagName(key);
  if (flag.kind === "switch") return name;
  const value = flag.placeholder ??
    (flag.kind === "choice" ? flag.values.join("|") : key.toUpperCase());
  return `${name} ${value}`;
}

function exampleLines(
  { path, examples }: Command,
  { name, columns }: Reader & { readonly name: string },
): readonly string[] {
  return examples.flatMap((line) =>
    wrapCommand(line.replace(path.join(" "), () => name), columns - 2)
  );
}

function exitLines({ exits }: Command, columns: number): readonly string[] {
  const codes = [...new Set([0, 2, ...exits])].sort((a, b) => a - b);
  const rows = codes.map((code) =>
    [String(code).padStart(3), EXIT_CODES[code] ?? ""] as const
  );
  return definitions(rows, { columns, widest: 3 });
}

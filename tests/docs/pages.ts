import { CATALOGUE, EXIT_CODES } from "../../schemas/mod.ts";
import type { CatalogueEntry } from "../../schemas/mod.ts";
import { FIXES } from "../../schemas/catalogue/fixes.ts";
import type { Command } from "../../cli/command.ts";
import { commandHelp } from "../../cli/help.ts";
import { MENU } from "../../cli/menu.ts";

/** Folder of the pages of commands, in which nothing else is. */
export const COMMANDS_DIR = "docs/commands";

/** How the pages call the program. */
const READER = { program: "theoryctl", columns: 80 } as const;

/** Every page that is made from the menu and the catalogue, by its place in the repository. */
export function pages(): ReadonlyMap<string, string> {
  const commands = [...MENU].sort((a, b) => nameOf(a) < nameOf(b) ? -1 : 1);
  return new Map([
    [`${COMMANDS_DIR}/README.md`, contents(commands)],
    ...commands.map((command): [string, string] => [
      `${COMMANDS_DIR}/${fileOf(command)}`,
      commandPage(command),
    ]),
    ["docs/errors.md", errorsPage()],
  ]);
}

const MADE = "<!-- Made by `deno task docs`. -->";

function contents(commands: readonly Command[]): string {
  const rows = commands.map((command) =>
    `| [${nameOf(command)}](${fileOf(command)}) | ${cell(command.brief)} |`
  );
  return `# Commands

${MADE}

\`theoryctl\` stands for \`deno run … main.ts\`. Every command has these pages as its \`--help\`.

| command | does |
|---|---|
${rows.join("\n")}
`;
}

function commandPage(command: Command): string {
  return `# ${nameOf(command)}

${MADE}

${command.brief}.

\`\`\`text
${commandHelp(command, READER)}\`\`\`

[All commands](README.md) · [Error codes](../errors.md)
`;
}

function nameOf({ path }: Command): string {
  return path.join(" ");
}

function fileOf({ path }: Command): string {
  return `${path.join("_")}.md`;
}

function errorsPage(): string {
  const exits = Object.entries(EXIT_CODES).map(([code, when]) =>
    `| ${code} | ${cell(when)} |`
  );
  const codes = Object.entries(CATALOGUE).sort(([a], [b]) => a < b ? -1 : 1);
  return `# Error codes

${MADE}

\`theoryctl explain CODE\` prints the same. Messages may change, codes do not.

## Exit codes

| exit | when |
|---|---|
${exits.join("\n")}

## Quick fixes

What \`check --fix\` and the "fix all" of editors write; a fix that is a choice, since it takes something away or leaves
something to complete, is offered by editors alone. \`check\` lists the fixes of each finding.

| code | fix | none where |
|---|---|---|
${fixRows().join("\n")}

## Codes

${codes.map(([code, entry]) => codePart(code, entry)).join("\n")}`;
}

function fixRows(): readonly string[] {
  return Object.entries(FIXES).sort(([a], [b]) => a < b ? -1 : 1)
    .map(([code, { fix = "", none = "" }]) =>
      `| [${code}](#${code.toLowerCase()}) | ${cell(fix)} | ${cell(none)} |`
    );
}

function codePart(
  code: string,
  { meaning, cause, fix, exit, severity = "error" }: CatalogueEntry,
): string {
  const kind = severity === "error" ? `exit ${exit}` : severity;
  return `### ${code}

${meaning} (${kind}).

- Cause: ${cause}
- Fix: ${fix}
`;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}

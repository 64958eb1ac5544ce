import type { InputsView } from "../../view.ts";
import type { ServerCommand } from "../execute_command.ts";

/** Tells the command line that runs a document in mock mode, and answers it. */
export const commandLine: ServerCommand = (view, { host, window }) => {
  if (view.kind !== "inputs") return Promise.resolve(null);
  const line = host.commandLine(wordsOf(view));
  window.say("info", line);
  return Promise.resolve(line);
};

/** What the document says itself is not repeated; what it leaves open is named for a person to fill in. */
export function wordsOf(
  { path, association: { from, ref }, checked, diagnostics }: InputsView,
): readonly string[] {
  const own = from === "document" || from === "modeline";
  const open = new Set(
    diagnostics.filter(({ code }) => code === "HINT_ATTACH_UNDECLARED")
      .map(({ pointer }) => pointer),
  );
  const names = (checked.document?.uses ?? [])
    .filter(({ pointer }) => open.has(pointer)).map(({ name }) => name);
  return [
    "localctl",
    "run",
    ...(own || ref === undefined ? [] : ["--ref", ref]),
    ...(path === undefined ? ["--inputs", "-"] : ["--inputs-file", path]),
    ...[...new Set(names)].flatMap((name) => ["--attach", `${name}=FILE`]),
    "--mode",
    "mock",
  ];
}

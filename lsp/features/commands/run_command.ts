import type { Command } from "vscode-languageserver";
import type { Host } from "../../host.ts";
import { COMMANDS } from "./names.ts";

/** Runs a document in mock mode where the server may; otherwise tells the command line that does. */
export function runCommand(
  uri: string,
  ref: string,
  { runMock }: Pick<Host, "runMock">,
): Command {
  return runMock === undefined
    ? {
      title: "Show the command line of a mock run",
      command: COMMANDS.commandLine,
      arguments: [{ uri }],
    }
    : {
      title: `Run mock of ${ref}`,
      command: COMMANDS.runMock,
      arguments: [{ uri }],
    };
}

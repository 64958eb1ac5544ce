import {
  type ExecuteCommandParams,
  ExecuteCommandRequest,
  type LSPAny,
} from "vscode-languageserver";
import { isObject } from "../../schemas/mod.ts";
import { feature, type Scope } from "../feature.ts";
import type { View } from "../view.ts";
import { applyEdit } from "./commands/apply_edit.ts";
import { commandLine } from "./commands/command_line.ts";
import { fixAll } from "./commands/fix_all.ts";
import { type CommandName, COMMANDS } from "./commands/names.ts";
import { runMock } from "./commands/run_mock.ts";
import { showResolved } from "./commands/show_resolved.ts";

/** One command: does something about a document, and answers what there is to know about it. */
export type ServerCommand = (
  view: View,
  scope: Scope,
  params: ExecuteCommandParams,
) => Promise<LSPAny>;

const BODIES: Readonly<Record<CommandName, ServerCommand>> = {
  [COMMANDS.runMock]: runMock,
  [COMMANDS.commandLine]: commandLine,
  [COMMANDS.resolved]: showResolved,
  [COMMANDS.applyEdit]: applyEdit,
  [COMMANDS.fixAll]: fixAll,
};

/** Commands that the server itself runs, so that they work in every editor. */
export const EXECUTE_COMMAND = feature({
  type: ExecuteCommandRequest.type,
  capability: ({ host, client }) => ({
    executeCommandProvider: {
      commands: Object.values(COMMANDS).filter((name) =>
        (name !== COMMANDS.runMock || host.runMock !== undefined) &&
        (client.applyEdit || !EDITING.includes(name))
      ),
      workDoneProgress: true,
    },
  }),
  uri: uriOf,
  answer: (params, view, scope) =>
    Object.hasOwn(BODIES, params.command)
      ? BODIES[params.command as CommandName](view, scope, params)
      : null,
  empty: null,
});

const EDITING: readonly string[] = [COMMANDS.applyEdit, COMMANDS.fixAll];

/** The document of a command's first argument: `{uri}`, or the address alone. */
function uriOf({ arguments: [first] = [] }: ExecuteCommandParams): string {
  if (typeof first === "string") return first;
  return isObject(first) && typeof first["uri"] === "string"
    ? first["uri"]
    : "";
}

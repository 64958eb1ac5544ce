import type { WorkspaceEdit } from "vscode-languageserver";
import { isObject } from "../../../schemas/mod.ts";
import type { ServerCommand } from "../execute_command.ts";

/** Applies an edit that the server made before, for clients whose code actions are commands alone. */
export const applyEdit: ServerCommand = async (_view, { window }, params) => {
  const [first] = params.arguments ?? [];
  const edit = isObject(first) ? first["edit"] : undefined;
  return isObject(edit) && await window.apply(edit as WorkspaceEdit);
};

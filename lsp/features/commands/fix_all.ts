import { workspaceEdit } from "../../workspace_edit.ts";
import { fixedAll } from "../code_actions/fixed_all.ts";
import type { ServerCommand } from "../execute_command.ts";

/** Fixes all that can be fixed; answers whether anything was. */
export const fixAll: ServerCommand = async (view, scope) => {
  const { window, client } = scope;
  const fixed = fixedAll(view, scope);
  if (fixed.edits.length === 0) {
    window.say("info", "Nothing can be fixed without asking");
    return false;
  }
  return await window.apply(workspaceEdit([fixed], client));
};

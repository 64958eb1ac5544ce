import type { ServerCommand } from "../execute_command.ts";
import { resolvedOf, resolvedUri } from "../resolved.ts";

/** Answers the payload as it will be sent, and opens it where the client reads documents of servers. */
export const showResolved: ServerCommand = async (view, scope) => {
  const { window, client } = scope;
  const resolved = await resolvedOf(view, scope);
  if (resolved === null) {
    window.say(
      "warning",
      "Cannot show the payload: this is no inputs document",
    );
    return null;
  }
  if (client.textDocumentContent) await window.show(resolvedUri(view.uri));
  return { ...resolved, notes: [...resolved.notes] };
};

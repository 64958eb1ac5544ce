import { placeOf } from "./place.ts";

/** The front doors. */
const DOORS: readonly string[] = ["main.ts", "lsp.ts"];
const MESSAGE =
  "Cannot end the process here: only main.ts and lsp.ts call exit";

/** `Deno.exit` and `process.exit` are called by the front doors alone, so that every command can clean up. */
export const exitOnce: Deno.lint.Rule = {
  create(context) {
    if (DOORS.includes(placeOf(context))) return {};
    return {
      'MemberExpression[property.name="exit"]'(
        node: Deno.lint.MemberExpression,
      ) {
        if (node.object.type !== "Identifier") return;
        if (node.object.name !== "Deno" && node.object.name !== "process") {
          return;
        }
        context.report({ node, message: MESSAGE });
      },
    };
  },
};

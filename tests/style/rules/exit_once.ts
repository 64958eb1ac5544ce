import { placeOf } from "./place.ts";

const MESSAGE = "Cannot end the process here: only main.ts calls exit";

/** `Deno.exit` and `process.exit` are called by main.ts alone, so that every command can clean up. */
export const exitOnce: Deno.lint.Rule = {
  create(context) {
    if (placeOf(context) === "main.ts") return {};
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

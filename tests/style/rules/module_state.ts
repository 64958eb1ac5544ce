import { isTest, placeOf } from "./place.ts";

const MESSAGE =
  "Cannot keep state in a module: hand it in or hold it in a value that is made once";

const COLLECTIONS = new Set(["Map", "Set", "WeakMap", "WeakSet"]);

/** No variables and no empty collections at the top of a module: they are there to be changed. */
export const moduleState: Deno.lint.Rule = {
  create(context) {
    if (isTest(placeOf(context))) return {};
    return {
      VariableDeclaration(node) {
        if (!isTopLevel(node)) return;
        if (
          node.kind !== "const" || node.declarations.some(isEmptyCollection)
        ) {
          context.report({ node, message: MESSAGE });
        }
      },
    };
  },
};

function isTopLevel({ parent }: Deno.lint.VariableDeclaration): boolean {
  return parent.type === "Program" || parent.type === "ExportNamedDeclaration";
}

function isEmptyCollection({ init }: Deno.lint.VariableDeclarator): boolean {
  return init?.type === "NewExpression" && init.arguments.length === 0 &&
    init.callee.type === "Identifier" && COLLECTIONS.has(init.callee.name);
}

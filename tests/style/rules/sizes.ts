import { isTest, placeOf } from "./place.ts";

/** Lines of a source file. */
export const MAX_FILE_LINES = 300;
/** Lines of a function, with its signature and braces. */
export const MAX_FUNCTION_LINES = 60;
/** Two parameters and an options object. */
export const MAX_PARAMETERS = 3;

type FunctionNode =
  | Deno.lint.FunctionDeclaration
  | Deno.lint.FunctionExpression
  | Deno.lint.ArrowFunctionExpression;

export const fileSize: Deno.lint.Rule = {
  create(context) {
    if (isTest(placeOf(context))) return {};
    return {
      Program(node) {
        const lines = linesIn(context.sourceCode.text.trimEnd());
        if (lines <= MAX_FILE_LINES) return;
        context.report({
          node,
          message: `Cannot keep "${
            placeOf(context)
          }" in one file: it has ${lines} lines, the limit is ${MAX_FILE_LINES}`,
        });
      },
    };
  },
};

export const functionSize: Deno.lint.Rule = {
  create(context) {
    if (isTest(placeOf(context))) return {};
    return eachFunction((node) => {
      const lines = linesIn(context.sourceCode.text.slice(...node.range));
      if (lines <= MAX_FUNCTION_LINES) return;
      context.report({
        range: [node.range[0], node.range[0] + 1],
        message:
          `Cannot keep this in one function: it has ${lines} lines, the limit is ${MAX_FUNCTION_LINES}`,
      });
    });
  },
};

export const parameterCount: Deno.lint.Rule = {
  create(context) {
    if (isTest(placeOf(context))) return {};
    return eachFunction((node) => {
      const count = node.params.length;
      if (count <= MAX_PARAMETERS) return;
      context.report({
        range: [node.range[0], node.range[0] + 1],
        message:
          `Cannot take ${count} parameters: take two and an options object`,
      });
    });
  },
};

function eachFunction(
  visit: (node: FunctionNode) => void,
): Deno.lint.LintVisitor {
  return {
    FunctionDeclaration: visit,
    FunctionExpression: visit,
    ArrowFunctionExpression: visit,
  };
}

function linesIn(text: string): number {
  return text.split("\n").length;
}

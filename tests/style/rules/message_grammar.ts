import { isTest, placeOf } from "./place.ts";

type Expression = Deno.lint.Node;

/** Constructors whose first argument is a message. */
const ERRORS = new Set([
  "Error",
  "TypeError",
  "RangeError",
  "SyntaxError",
  "DOMException",
]);

const CONTRACTION =
  /\p{L}n['’]t\b|\p{L}['’](?:re|ve|ll)\b|\b(?:it|that|there|what|let|here)['’]s\b/iu;

const CODE = /^(?:ERR|WARN|HINT)_[A-Z_]+$/;

/**
 * Messages of errors and findings start with a capital, end without a period and have no contraction:
 * the message of built-in errors, what follows a code among arguments (`new Failure(code, message)`),
 * and `message` beside `code` in an object.
 */
export const messageGrammar: Deno.lint.Rule = {
  create(context) {
    if (isTest(placeOf(context))) return {};
    const check = (node: Expression | undefined) => {
      if (node === undefined) return;
      for (const problem of new Set(problemsOf(node))) {
        context.report({
          node,
          message: `Cannot say it like this: ${problem}`,
        });
      }
    };
    return {
      NewExpression({ callee, arguments: given }) {
        if (isFailure(callee)) check(given[1]);
        else check(isError(callee) ? given[0] : afterCode(given));
      },
      CallExpression({ arguments: given }) {
        check(afterCode(given));
      },
      ObjectExpression(node) {
        if (property(node, "code") === undefined) return;
        check(property(node, "message"));
      },
    };
  },
};

function isError(callee: Expression): boolean {
  return callee.type === "Identifier" && ERRORS.has(callee.name);
}

function isFailure(callee: Expression): boolean {
  return callee.type === "Identifier" && callee.name === "Failure";
}

/** The argument after one that is a code of the catalogue. */
function afterCode(given: readonly Expression[]): Expression | undefined {
  const index = given.findIndex((each) =>
    each.type === "Literal" && typeof each.value === "string" &&
    CODE.test(each.value)
  );
  return index < 0 ? undefined : given[index + 1];
}

function property(
  object: Deno.lint.ObjectExpression,
  name: string,
): Expression | undefined {
  for (const each of object.properties) {
    if (each.type !== "Property" || each.computed) continue;
    const key = each.key.type === "Identifier" ? each.key.name : undefined;
    if (key === name) return each.value;
  }
  return undefined;
}

function problemsOf(message: Expression): readonly string[] {
  return alternatives(message).flatMap((parts) => {
    const [first, last] = [parts.at(0), parts.at(-1)];
    return [
      ...(/^\p{Ll}/u.test(first ?? "") ? ["start with a capital"] : []),
      ...(/(?:^|[^.])\.\s*$/.test(last ?? "") ? ["end without a period"] : []),
      ...(parts.some((part) => CONTRACTION.test(part ?? ""))
        ? ["write the contraction out"]
        : []),
    ];
  });
}

/** The texts a message is put together from, per alternative; undefined stands for what is only known at run time. */
type Parts = readonly (string | undefined)[];

function alternatives(node: Expression): readonly Parts[] {
  switch (node.type) {
    case "Literal":
      return [[typeof node.value === "string" ? node.value : undefined]];
    case "TemplateLiteral":
      return [templateParts(node)];
    case "ConditionalExpression":
      return [
        ...alternatives(node.consequent),
        ...alternatives(node.alternate),
      ];
    case "BinaryExpression":
      return alternatives(node.left).flatMap((left) =>
        alternatives(node.right).map((right) => [...left, ...right])
      );
    default:
      return [[undefined]];
  }
}

function templateParts(node: Deno.lint.TemplateLiteral): Parts {
  return node.quasis.flatMap(({ cooked }, index) => [
    ...(index === 0 ? [] : [undefined]),
    ...(cooked === "" ? [] : [cooked]),
  ]);
}

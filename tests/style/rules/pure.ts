import { placeOf } from "./place.ts";

/** Where the world is out of reach: what is here depends on its arguments alone. */
const PURE = [
  "schemas/",
  "lsp/features/",
  "cli/report/",
  "registry/describe",
  "registry/example",
  "registry/scaffold",
];

/** Globals that are the world, or a door to it. */
const AMBIENT = new Set([
  "Deno",
  "process",
  "globalThis",
  "self",
  "window",
  "navigator",
  "location",
  "localStorage",
  "console",
  "fetch",
  "WebSocket",
  "EventSource",
  "Worker",
  "BroadcastChannel",
  "performance",
  "setTimeout",
  "setInterval",
  "prompt",
  "alert",
  "confirm",
]);

/** Members of otherwise pure globals that read the clock or chance. */
const AMBIENT_MEMBERS = new Set([
  "Date.now",
  "Math.random",
  "crypto.randomUUID",
  "crypto.getRandomValues",
]);

/** In the pure folders nothing reads the clock, chance, files, the network or the environment. */
export const pure: Deno.lint.Rule = {
  create(context) {
    const place = placeOf(context);
    if (!PURE.some((folder) => place.startsWith(folder))) return {};
    const bound = new Set<string>();
    const found = new Map<number, Deno.lint.Identifier>();
    const report = (node: Deno.lint.Node, name: string) =>
      context.report({
        node,
        message: `Cannot use "${name}" here: ${place} is pure, hand it in`,
      });
    return {
      Identifier(node) {
        if (!AMBIENT.has(node.name)) return;
        if (isBinding(node)) bound.add(node.name);
        else if (isReference(node)) found.set(node.range[0], node);
      },
      MemberExpression(node) {
        const name = memberName(node);
        if (AMBIENT_MEMBERS.has(name)) report(node, name);
      },
      NewExpression(node) {
        if (isDate(node.callee) && node.arguments.length === 0) {
          report(node, "new Date()");
        }
      },
      CallExpression(node) {
        if (isDate(node.callee)) report(node, "Date()");
      },
      ImportDeclaration(node) {
        if (isBuiltIn(node.source)) report(node, node.source.value);
      },
      ImportExpression(node) {
        if (isBuiltIn(node.source)) report(node, node.source.value);
      },
      "Program:exit"() {
        for (const node of found.values()) {
          if (!bound.has(node.name)) report(node, node.name);
        }
      },
    };
  },
};

/** Whether a module specifier names one of the platform (`node:fs`). */
function isBuiltIn(
  source: Deno.lint.Node,
): source is Deno.lint.StringLiteral {
  return source.type === "Literal" && typeof source.value === "string" &&
    source.value.startsWith("node:");
}

function isDate(node: Deno.lint.Node): boolean {
  return node.type === "Identifier" && node.name === "Date";
}

function memberName({ object, property }: Deno.lint.MemberExpression): string {
  if (object.type !== "Identifier" || property.type !== "Identifier") return "";
  return `${object.name}.${property.name}`;
}

/** Whether the name is given a meaning of this file's own: a variable, a parameter, an import. */
function isBinding(node: Deno.lint.Identifier): boolean {
  const parent: Deno.lint.Node = node.parent;
  switch (parent.type) {
    case "VariableDeclarator":
      return parent.id.range[0] === node.range[0];
    case "FunctionDeclaration":
    case "FunctionExpression":
    case "ArrowFunctionExpression":
      return parent.body?.range[0] !== node.range[0];
    case "ImportSpecifier":
      return parent.local.range[0] === node.range[0];
    case "AssignmentPattern":
      return parent.left.range[0] === node.range[0];
    case "ArrayPattern":
    case "RestElement":
    case "CatchClause":
    case "ImportDefaultSpecifier":
    case "ImportNamespaceSpecifier":
      return true;
    case "Property":
      return parent.parent.type === "ObjectPattern" &&
        parent.value.range[0] === node.range[0];
    default:
      return false;
  }
}

/** Whether the name stands for a value: not a key, a member or a type. */
function isReference(node: Deno.lint.Identifier): boolean {
  const parent: Deno.lint.Node = node.parent;
  switch (parent.type) {
    case "MemberExpression":
      return parent.computed || parent.object.range[0] === node.range[0];
    case "Property":
      return parent.shorthand || parent.computed ||
        parent.value.range[0] === node.range[0];
    case "MethodDefinition":
    case "PropertyDefinition":
      return parent.key.range[0] !== node.range[0];
    default:
      return !parent.type.startsWith("TS") ||
        /^TS(?:As|Satisfies|NonNull)/.test(parent.type);
  }
}

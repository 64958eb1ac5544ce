import type {
  CheckContext,
  DeclaredAttachment,
  PlaceElsewhere,
} from "../check_types.ts";
import { diagnose } from "../diagnose.ts";
import type { Diagnostic, Related } from "../diagnostic.ts";
import { below } from "../json_pointer.ts";
import { kindOf, showNode } from "../show_value.ts";
import { removalOf } from "../removal.ts";
import type { Source, Span } from "../source.ts";
import { shortText } from "../tree_rules.ts";
import {
  type ObjectNode,
  type Property,
  property,
  type Tree,
} from "../tree.ts";
import { asText } from "../writing.ts";
import { modelinesOf } from "./modelines.ts";
import { undeclaring } from "./undeclaring.ts";

/** A declared attachment and, when it is declared in the document, where. */
export interface Declaration extends DeclaredAttachment {
  readonly at?: {
    /** Of the name. */
    readonly name: Span;
    /** Of the path. */
    readonly path: Span;
    readonly pointer: string;
  };
  /** Where settings declare it. */
  readonly elsewhere?: PlaceElsewhere;
}

/** From a use of an attachment to where it is declared, when that is in a document. */
export function toDeclaration(
  declaration: Declaration | undefined,
): { readonly related?: readonly Related[] } {
  const place = declaration?.elsewhere ??
    (declaration?.at && { span: declaration.at.name });
  return place === undefined
    ? {}
    : { related: [{ message: "It is declared here", ...place }] };
}

export interface Declarations {
  /** Each name once; the caller's come first, those of settings last. */
  readonly declarations: ReadonlyMap<string, Declaration>;
  readonly diagnostics: readonly Diagnostic[];
}

const FORM = "name: path, relative to the document";

/** What the caller, `$attachments`, comments at the head of the document and settings declare. */
export function declarationsOf(
  tree: Tree,
  root: ObjectNode,
  { attachments, settings = new Map() }: Pick<
    CheckContext,
    "attachments" | "settings"
  >,
): Declarations {
  const declarations = new Map<string, Declaration>();
  for (const [name, path] of attachments) {
    declarations.set(name, { name, path, from: "command" });
  }
  const { found, diagnostics } = inDocument(tree, root);
  const twice: Diagnostic[] = [];
  for (const each of found) {
    const earlier = declarations.get(each.name);
    if (earlier === undefined) declarations.set(each.name, each);
    else if (each.at !== undefined) {
      twice.push(declaredTwice(each, earlier, { source: tree.source, root }));
    }
  }
  for (const [name, { path, at }] of settings) {
    if (declarations.has(name)) continue;
    const elsewhere = at === undefined ? {} : { elsewhere: at };
    declarations.set(name, { name, path, from: "settings", ...elsewhere });
  }
  return { declarations, diagnostics: [...diagnostics, ...twice] };
}

/** The files that a document declares itself, as their paths stand in it. */
export function filesNamedIn(tree: Tree): readonly string[] {
  const { root } = tree;
  const found = root?.kind === "object" ? inDocument(tree, root).found : [];
  return found.map(({ path }) => path);
}

function inDocument(tree: Tree, root: ObjectNode): {
  readonly found: readonly Declaration[];
  readonly diagnostics: readonly Diagnostic[];
} {
  const comments = modelinesOf(tree).attachments.map((
    { name, path, span },
  ): Declaration => ({
    name,
    path,
    from: "document",
    at: { name: span, path: span, pointer: "" },
  }));
  const node = property(root, "$attachments")?.value;
  if (node === undefined) return { found: comments, diagnostics: [] };
  if (node.kind !== "object") {
    const problem = diagnose(
      "ERR_ATTACH_NAME",
      `Cannot read ${showNode(node)} as "$attachments": it is ${kindOf(node)}`,
      {
        span: node.span,
        pointer: "/$attachments",
        expected: `an object of ${FORM}`,
      },
    );
    return { found: comments, diagnostics: [problem] };
  }
  // Of a key that stands twice, which is told already, the last one counts.
  const last = [
    ...new Map(node.properties.map((each) => [each.key, each])).values(),
  ];
  const good = last.filter(hasPath);
  return {
    found: [...comments, ...good.map(declaration)],
    diagnostics: last.filter((each) => !hasPath(each))
      .map((each) => notAPath(each, node, tree.source)),
  };
}

function hasPath({ value }: Property): boolean {
  return value.kind === "scalar" && typeof value.value === "string" &&
    value.value !== "";
}

function declaration({ key, keySpan, value }: Property): Declaration {
  return {
    name: key,
    path: value.kind === "scalar" ? String(value.value) : "",
    from: "document",
    at: {
      name: keySpan,
      path: value.span,
      pointer: below("/$attachments", key),
    },
  };
}

function notAPath(
  declared: Property,
  all: ObjectNode,
  source: Source,
): Diagnostic {
  const { key, value, keySpan } = declared;
  const empty = value.kind === "scalar" && value.value === "";
  return diagnose(
    "ERR_ATTACH_NAME",
    `Cannot declare attachment ${shortText(key)}: its path is ${
      empty ? "empty" : kindOf(value)
    }`,
    {
      span: value.span.end > value.span.start ? value.span : keySpan,
      pointer: below("/$attachments", key),
      expected: FORM,
      fixes: [...asText(value, source), ...removalOf(source, all, declared)],
    },
  );
}

function declaredTwice(
  { name, at }: Declaration,
  earlier: Declaration,
  within: { readonly source: Source; readonly root: ObjectNode },
): Diagnostic {
  const found = earlier.from === "command"
    ? "the command line declares it too"
    : "it is declared before";
  return diagnose(
    "ERR_ATTACH_NAME",
    `Cannot declare attachment ${shortText(earlier.name)} here: ${found}`,
    {
      span: at?.name ?? { start: 0, end: 0 },
      pointer: at?.pointer ?? "",
      fixes: undeclaring({ name, at }, within),
      ...toDeclaration(earlier),
    },
  );
}

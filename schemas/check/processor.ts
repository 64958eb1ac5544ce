import type { BrokenEntry, CheckContext, RefGiver } from "../check_types.ts";
import { diagnose } from "../diagnose.ts";
import type { Diagnostic, Fix, Related } from "../diagnostic.ts";
import type { Entry } from "../entry.ts";
import { nearest } from "../nearest.ts";
import { parseRef } from "../ref.ts";
import { oneOf, showNode } from "../show_value.ts";
import type { Source, Span } from "../source.ts";
import { shortText } from "../tree_rules.ts";
import { type Node, type ObjectNode, property, type Tree } from "../tree.ts";
import { textEdit } from "../write_text.ts";
import { modelinesOf } from "./modelines.ts";

export interface Processor {
  readonly ref?: string;
  readonly entry?: Entry;
  readonly refFrom?: RefGiver;
  readonly diagnostics: readonly Diagnostic[];
}

/** Where a ref was named. */
interface Named {
  readonly ref: string;
  readonly span: Span;
  readonly pointer: string;
  readonly from: RefGiver;
}

const NOWHERE = { span: { start: 0, end: 0 }, pointer: "" };

/** The processor that a document is for: that of the caller, of `$processor`, of a comment at its head, or the fallback. */
export function processorOf(
  tree: Tree,
  root: ObjectNode,
  context: CheckContext,
): Processor {
  const node = property(root, "$processor")?.value;
  const named = context.ref === undefined
    ? inDocument(tree, root)
    : { ref: context.ref, ...NOWHERE, from: "caller" as const };
  if (named !== undefined) return lookUp(named, tree.source, context);
  if (node !== undefined) return { diagnostics: [notText(node)] };
  const { fallback } = context;
  if (fallback === undefined) return { diagnostics: [] };
  const { ref } = fallback;
  return lookUp({ ref, ...NOWHERE, from: "fallback" }, tree.source, context);
}

function notText(node: Node): Diagnostic {
  return diagnose(
    "ERR_REF_INVALID",
    `Cannot use ${showNode(node)} as a processor ref: it is not text`,
    { span: node.span, pointer: "/$processor", expected: "ns/name@version" },
  );
}

/** Whether a document says itself which processor it is for, rightly or not. */
export function namesProcessor(tree: Tree): boolean {
  return property(tree.root, "$processor") !== undefined ||
    modelinesOf(tree).processor !== undefined;
}

function inDocument(tree: Tree, root: ObjectNode): Named | undefined {
  const node = property(root, "$processor")?.value;
  if (node === undefined) {
    const line = modelinesOf(tree).processor;
    return line && { ...line, pointer: "", from: "comment" };
  }
  return node.kind === "scalar" && typeof node.value === "string"
    ? {
      ref: node.value,
      span: node.span,
      pointer: "/$processor",
      from: "document",
    }
    : undefined;
}

function lookUp(
  named: Named,
  source: Source,
  context: CheckContext,
): Processor {
  const { registry } = context;
  const { ref, from } = named;
  const valid = parseRef(ref) !== undefined;
  const entry = valid ? entryOf(named, context) : undefined;
  if (entry !== undefined) {
    return { ref, entry, refFrom: from, diagnostics: [] };
  }
  const broken = valid ? registry.broken?.(ref) : undefined;
  if (broken !== undefined) {
    return { ref, refFrom: from, diagnostics: [unusable(named, broken)] };
  }
  const { refs } = registry;
  const near = nearest(ref, refs);
  const hint = near === undefined ? "" : `, did you mean ${shortText(near)}`;
  const place = {
    span: named.span,
    pointer: named.pointer,
    ...(near === undefined ? {} : renaming(named, source, near)),
    ...saidElsewhere(named, context),
  };
  const problem = valid
    ? diagnose(
      "ERR_REF_UNKNOWN",
      `Cannot find processor ${
        shortText(ref)
      }: no registry entry has this ref${hint}`,
      {
        ...place,
        ...(refs.length === 0 ? {} : { expected: oneOf([...refs]) }),
      },
    )
    : diagnose(
      "ERR_REF_INVALID",
      `Cannot use ${
        shortText(ref)
      } as a processor ref: it has not its form${hint}`,
      { ...place, expected: "ns/name@version, in lower case" },
    );
  return { ...(valid ? { ref, refFrom: from } : {}), diagnostics: [problem] };
}

function unusable(
  { span, pointer }: Named,
  { message, at }: BrokenEntry,
): Diagnostic {
  const related = [{ message: "The first mistake is here", ...at }];
  return diagnose("ERR_REGISTRY_ENTRY", message, { span, pointer, related });
}

function entryOf(
  { ref, from }: Named,
  { registry, fallback }: CheckContext,
): Entry | undefined {
  return registry.entry(ref) ??
    (from === "fallback" ? fallback?.entry : undefined);
}

function saidElsewhere(
  { from }: Named,
  { fallback }: CheckContext,
): { readonly related?: readonly Related[] } {
  const at = from === "fallback" ? fallback?.at : undefined;
  return at === undefined
    ? {}
    : { related: [{ message: "It is named here", ...at }] };
}

function renaming(
  { span, from }: Named,
  source: Source,
  near: string,
): { readonly fixes?: readonly Fix[] } {
  if (from === "caller" || from === "fallback") return {};
  const edit = from === "comment"
    ? { span, text: near }
    : textEdit(source, span, near);
  return { fixes: [{ title: `Write ${shortText(near)}`, edits: [edit] }] };
}

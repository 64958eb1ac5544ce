import {
  diagnose,
  type Diagnostic,
  isObject,
  type Json,
  type JsonObject,
  type Node,
  pointerSteps,
  property,
  type Span,
} from "../../../schemas/mod.ts";
import { hideSecrets } from "../../../schemas/checker.ts";
import type { InputsView } from "../../view.ts";

/** What the envelope of a failed run says about places in the document; what the checker says too is left out. */
export function runFindings(
  view: InputsView,
  { error }: JsonObject,
): readonly Diagnostic[] {
  if (!isObject(error)) return [];
  const { details } = error;
  const listed = isObject(details) ? details["diagnostics"] : undefined;
  const told = Array.isArray(listed) && listed.length > 0 ? listed : [error];
  return told.flatMap((each) => findingOf(each, view)).filter((each) =>
    !view.diagnostics.some(({ code, pointer }) =>
      code === each.code && hideSecrets(pointer) === each.pointer
    )
  );
}

function findingOf(told: Json, view: InputsView): readonly Diagnostic[] {
  if (!isObject(told)) return [];
  const { code, message, details } = told;
  if (typeof code !== "string" || typeof message !== "string") return [];
  const given = told["pointer"] ??
    (isObject(details) ? details["pointer"] : undefined);
  const pointer = typeof given === "string" ? given : "";
  const place = placeOf(view, pointer);
  return [{ ...diagnose(code, message, place), severity: "error" }];
}

/** Where a pointer leads, in the document as it is written or, in older documents, without `params`. */
function placeOf(
  { tree: { root } }: InputsView,
  pointer: string,
): { readonly span: Span; readonly pointer: string } {
  if (root === undefined) return { span: { start: 0, end: 0 }, pointer: "" };
  for (const path of [pointer, pointer.replace(/^\/params(?=\/|$)/, "")]) {
    const node = nodeOf(root, pointerSteps(path));
    if (node !== undefined && path !== "") {
      return { span: node.span, pointer: path };
    }
  }
  const { start, end } = root.span;
  return { span: { start, end: Math.min(start + 1, end) }, pointer: "" };
}

function nodeOf(root: Node, steps: readonly string[]): Node | undefined {
  let node: Node | undefined = root;
  for (const step of steps) {
    node = node?.kind === "array"
      ? node.items[Number(step)]
      : property(node, step)?.value;
  }
  return node;
}

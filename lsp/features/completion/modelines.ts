import type { Span } from "../../../schemas/mod.ts";
import type { View } from "../../view.ts";
import { pathsBelow } from "./files.ts";
import type { CompletionScope, Proposal } from "./proposal.ts";
import { refsOf } from "./refs.ts";

/**
 * What a comment at the head of an inputs document may say: `# processor: llm/litellm@1`,
 * `# attach: image=photo.jpg`. Undefined outside of comments.
 */
export function modelineProposals(
  view: View,
  offset: number,
  scope: CompletionScope,
): readonly Proposal[] | undefined {
  const { source: { text, language }, tree, dir } = view;
  const start = Math.max(
    text.lastIndexOf("\n", offset - 1),
    text.lastIndexOf("\r", offset - 1),
  ) + 1;
  const mark = language === "yaml" ? /^\s*#+[ \t]*/ : /^\s*\/\/+[ \t]*/;
  const line = text.slice(start, offset);
  const before = mark.exec(line)?.[0];
  if (before === undefined || isInside(view, start)) return undefined;
  if (view.kind !== "inputs" || isBelowHead(tree.root, start)) return [];
  const typed = line.slice(before.length);
  const gap = /[ \t]$/.test(before) ? "" : " ";
  const [, ref] = /^processor:\s*(\S*)$/.exec(typed) ?? [];
  if (ref !== undefined) return refs(scope, wordSpan(text, offset, ref));
  const [, path] = /^attach:\s*[^\s=]+=(.*)$/.exec(typed) ?? [];
  if (path !== undefined) {
    return files(dir, path, { scope, span: wordSpan(text, offset, path) });
  }
  if (!/^\w*$/.test(typed)) return [];
  const span = wordSpan(text, offset, typed);
  return ["processor", "attach"].map((word) => ({
    label: `${word}:`,
    kind: "key",
    span,
    write: ({ plain, stop }) =>
      word === "attach"
        ? `${gap}attach: ${stop("name")}=${stop("file")}`
        : plain(`${gap}processor: `),
  }));
}

/** Comments count that stand before the first key. */
function isBelowHead(root: View["tree"]["root"], start: number): boolean {
  if (root === undefined) return false;
  const first = root.kind === "object"
    ? root.properties[0]?.keySpan
    : undefined;
  return start > (first ?? root.span).start;
}

/** Whether the line begins inside of a text. */
function isInside({ tree: { root, complete } }: View, start: number): boolean {
  return complete && root?.kind === "scalar" && root.span.start < start;
}

function refs(
  { registry }: CompletionScope,
  span: Span,
): readonly Proposal[] {
  return refsOf(registry).map(({ ref, detail }) => ({
    label: ref,
    kind: "ref",
    span,
    ...detail,
    write: ({ plain }) => plain(ref),
    about: { ref },
  }));
}

function files(
  dir: string,
  typed: string,
  { scope, span }: { readonly scope: CompletionScope; readonly span: Span },
): readonly Proposal[] {
  const { files } = scope.host;
  return pathsBelow(dir, typed, { files }).map(({ path, isFolder }) => ({
    label: path,
    kind: isFolder ? "folder" : "file",
    span,
    write: ({ plain }) => plain(path),
  }));
}

/** From where the word begins to its end behind the cursor. */
function wordSpan(text: string, offset: number, typed: string): Span {
  const rest = /^[^\s=]*/.exec(text.slice(offset, offset + 1_000))?.[0] ?? "";
  return { start: offset - typed.length, end: offset + rest.length };
}

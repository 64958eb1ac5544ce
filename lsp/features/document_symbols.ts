import {
  type DocumentSymbol,
  DocumentSymbolRequest,
  type SymbolInformation,
  SymbolKind,
} from "vscode-languageserver";
import type { Node, Property } from "../../schemas/mod.ts";
import { feature } from "../feature.ts";
import type { View } from "../view.ts";

/** The outline of a document: its keys. */
export const DOCUMENT_SYMBOLS = feature({
  type: DocumentSymbolRequest.type,
  capability: () => ({ documentSymbolProvider: true }),
  uri: ({ textDocument }) => textDocument.uri,
  answer: (_params, view, { client }) =>
    client.hierarchicalSymbols ? documentSymbols(view) : flatSymbols(view),
  empty: [],
});

/** Most symbols of one document: no outline shows more to any use, and large documents have a million. */
const MOST = 10_000;

/** Keys as a tree, lists by index; what is left out of a large document is deep and far down in it. */
export function documentSymbols(view: View): DocumentSymbol[] {
  return childrenOf(view.tree.root, { view, room: MOST });
}

/** The same as a list, for clients that show no tree. */
export function flatSymbols(view: View): SymbolInformation[] {
  const { uri } = view;
  const flat = (
    { name, kind, range, children = [] }: DocumentSymbol,
    containerName?: string,
  ): SymbolInformation[] => [
    {
      name,
      kind,
      location: { uri, range },
      ...(containerName === undefined ? {} : { containerName }),
    },
    ...children.flatMap((each) => flat(each, name)),
  ];
  return documentSymbols(view).flatMap((each) => flat(each));
}

interface Outline {
  readonly view: View;
  /** How many symbols may still be made. */
  room: number;
}

function childrenOf(
  node: Node | undefined,
  outline: Outline,
): DocumentSymbol[] {
  const all = node?.kind === "object"
    ? node.properties
    : node?.kind === "array"
    ? node.items
    : [];
  const shown = all.slice(0, outline.room);
  outline.room -= shown.length;
  return shown.map((each, index) =>
    "key" in each ? ofKey(each, outline) : ofItem(each, index, outline)
  );
}

function ofItem(item: Node, index: number, outline: Outline): DocumentSymbol {
  const range = outline.view.range(item.span);
  return {
    name: String(index),
    kind: kindOf(item),
    range,
    selectionRange: range,
    children: childrenOf(item, outline),
  };
}

function ofKey(
  { key, keySpan, value }: Property,
  outline: Outline,
): DocumentSymbol {
  const { range } = outline.view;
  return {
    name: key === "" ? '""' : key,
    kind: kindOf(value),
    range: range({
      start: keySpan.start,
      end: Math.max(keySpan.end, value.span.end),
    }),
    selectionRange: range(keySpan),
    children: childrenOf(value, outline),
  };
}

function kindOf(node: Node): SymbolKind {
  if (node.kind === "object") return SymbolKind.Object;
  if (node.kind === "array") return SymbolKind.Array;
  if (node.value === null) return SymbolKind.Null;
  if (typeof node.value === "number") return SymbolKind.Number;
  return typeof node.value === "boolean"
    ? SymbolKind.Boolean
    : SymbolKind.String;
}

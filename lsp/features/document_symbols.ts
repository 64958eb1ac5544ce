import {
  type DocumentSymbol,
  DocumentSymbolRequest,
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
  answer: (_params, view) => documentSymbols(view),
  empty: [],
});

/** Keys as a tree, lists by index. */
export function documentSymbols(view: View): DocumentSymbol[] {
  return childrenOf(view.tree.root, view);
}

function childrenOf(node: Node | undefined, view: View): DocumentSymbol[] {
  if (node?.kind === "object") {
    return node.properties.map((each) => symbolOf(each, view));
  }
  if (node?.kind !== "array") return [];
  return node.items.map((item, index) => ({
    name: String(index),
    kind: kindOf(item),
    range: view.range(item.span),
    selectionRange: view.range(item.span),
    children: childrenOf(item, view),
  }));
}

function symbolOf(
  { key, keySpan, value }: Property,
  view: View,
): DocumentSymbol {
  return {
    name: key === "" ? '""' : key,
    kind: kindOf(value),
    range: view.range({
      start: keySpan.start,
      end: Math.max(keySpan.end, value.span.end),
    }),
    selectionRange: view.range(keySpan),
    children: childrenOf(value, view),
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

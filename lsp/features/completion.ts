import {
  type CompletionItem,
  CompletionItemKind,
  CompletionRequest,
  InsertTextFormat,
  InsertTextMode,
} from "vscode-languageserver";
import { feature } from "../feature.ts";
import type { View } from "../view.ts";
import type { CompletionScope, ProposalKind } from "./completion/proposal.ts";
import { type Placed, proposalsAt } from "./completion/proposals.ts";
import { stopsFor } from "./completion/stops.ts";

/** What may be typed where the cursor is. */
export const COMPLETION = feature({
  type: CompletionRequest.type,
  capability: () => ({
    completionProvider: {
      triggerCharacters: ['"', ":", " ", "/", "$", "-", "="],
      resolveProvider: true,
    },
  }),
  uri: ({ textDocument }) => textDocument.uri,
  answer: ({ position }, view, scope) =>
    completions(view, view.offset(position), scope),
  empty: [],
});

/** Items in order, best first; what is inserted fits the quotes, commas and indentation that are there. */
export function completions(
  view: View,
  offset: number,
  scope: CompletionScope,
): CompletionItem[] {
  const found = proposalsAt(view, offset, scope);
  return found.map((placed, order) =>
    itemOf(placed, order, { view, offset, scope })
  );
}

const KINDS: Readonly<Record<ProposalKind, CompletionItemKind>> = {
  key: CompletionItemKind.Property,
  value: CompletionItemKind.Value,
  ref: CompletionItemKind.Module,
  attachment: CompletionItemKind.Reference,
  file: CompletionItemKind.File,
  folder: CompletionItemKind.Folder,
  document: CompletionItemKind.Snippet,
};

interface At {
  readonly view: View;
  readonly offset: number;
  readonly scope: CompletionScope;
}

function itemOf(
  { proposal, cursor }: Placed,
  order: number,
  { view, offset, scope: { client } }: At,
): CompletionItem {
  const { label, kind, detail, about, preselect, edits = [] } = proposal;
  const slot = cursor?.slot;
  const span = proposal.span ?? slot?.span ?? { start: offset, end: offset };
  const quote = proposal.span === undefined ? slot?.quote ?? "" : "";
  const commas = slot?.commaAt === undefined
    ? []
    : [{ span: { start: slot.commaAt, end: slot.commaAt }, text: "," }];
  return {
    label,
    kind: KINDS[kind],
    ...(detail === undefined || detail === "" ? {} : { detail }),
    sortText: String(order).padStart(4, "0"),
    filterText: quote + (proposal.filter ?? label),
    ...(preselect === true ? { preselect } : {}),
    ...formOf(client.snippets),
    textEdit: {
      range: view.range(span),
      newText: textOf({ proposal, ...(cursor && { cursor }) }, client.snippets),
    },
    additionalTextEdits: [...commas, ...edits].map(({ span, text }) => ({
      range: view.range(span),
      newText: text,
    })),
    ...(about === undefined ? {} : { data: { uri: view.uri, ...about } }),
  };
}

/** Editors move the lines of a snippet to the indentation of its first line, and leave plain text alone. */
function formOf(
  snippets: boolean,
): Pick<CompletionItem, "insertTextFormat" | "insertTextMode"> {
  return snippets
    ? {
      insertTextFormat: InsertTextFormat.Snippet,
      insertTextMode: InsertTextMode.adjustIndentation,
    }
    : {
      insertTextFormat: InsertTextFormat.PlainText,
      insertTextMode: InsertTextMode.asIs,
    };
}

function textOf({ proposal, cursor }: Placed, snippets: boolean): string {
  const stops = stopsFor(snippets);
  if (cursor === undefined) return proposal.write(stops, 0);
  const { before, commaAfter, indent: { line, nested } } = cursor.slot;
  const text = proposal.write(stops, nested - (snippets ? line : 0));
  return `${before}${text}${commaAfter ? "," : ""}`;
}

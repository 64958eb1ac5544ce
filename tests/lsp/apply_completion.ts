import type { CompletionItem, Range } from "vscode-languageserver";
import type { View } from "../../lsp/mod.ts";
import { applyEdits } from "../../schemas/mod.ts";

/** The text of a document with an item in it, as an editor puts it there; of choices the first. */
export function applied(view: View, item: CompletionItem): string {
  const { textEdit, additionalTextEdits = [], insertTextFormat } = item;
  if (textEdit === undefined || !("range" in textEdit)) {
    throw new Error(`"${item.label}" has no edit`);
  }
  const span = (range: Range) => ({
    start: view.offset(range.start),
    end: view.offset(range.end),
  });
  const { text } = view.source;
  const main = span(textEdit.range);
  const line = text.slice(text.lastIndexOf("\n", main.start - 1) + 1);
  const indent = /^[ \t]*/.exec(line)?.[0] ?? "";
  const inserted = insertTextFormat === 2
    ? plainOf(textEdit.newText).replaceAll("\n", `\n${indent}`)
    : textEdit.newText;
  return applyEdits(text, [
    { span: main, text: inserted },
    ...additionalTextEdits.map(({ range, newText }) => ({
      span: span(range),
      text: newText,
    })),
  ]);
}

/** A snippet whose stops were left as they are. */
function plainOf(snippet: string): string {
  const pattern =
    /\\([\\$},|])|\$\{\d+:((?:[^\\}]|\\.)*)\}|\$\{\d+\|((?:[^\\,|]|\\.)*)(?:[^\\|]|\\.)*\|\}|\$\d+/g;
  return snippet.replaceAll(
    pattern,
    (_all, escaped?: string, text?: string, choice?: string) =>
      escaped ?? (text ?? choice ?? "").replaceAll(/\\(.)/g, "$1"),
  );
}

import {
  DocumentFormattingRequest,
  DocumentRangeFormattingRequest,
  type FormattingOptions,
  type Range,
  type TextEdit,
} from "vscode-languageserver";
import type { Edit } from "../../schemas/mod.ts";
import { feature } from "../feature.ts";
import type { View } from "../view.ts";
import { formatJson } from "./formatting/format_json.ts";
import { formatYaml } from "./formatting/format_yaml.ts";
import { styleOf } from "./formatting/style.ts";

/** Lays out a whole document. */
export const FORMATTING = feature({
  type: DocumentFormattingRequest.type,
  capability: () => ({ documentFormattingProvider: true }),
  uri: ({ textDocument }) => textDocument.uri,
  answer: ({ options }, view) => formatting(view, options),
  empty: null,
});

/** Lays out some lines of a document. */
export const RANGE_FORMATTING = feature({
  type: DocumentRangeFormattingRequest.type,
  capability: () => ({ documentRangeFormattingProvider: true }),
  uri: ({ textDocument }) => textDocument.uri,
  answer: ({ options, range }, view) => formatting(view, options, range),
  empty: null,
});

/** Nothing while the text is broken: what it means is anybody's guess. Values and comments never change. */
export function formatting(
  view: View,
  options: FormattingOptions,
  range?: Range,
): TextEdit[] {
  const { tree, source } = view;
  if (!tree.complete || tree.root === undefined) return [];
  const style = styleOf(source.text, options);
  if (source.language === "yaml") {
    const lines = range && { from: range.start.line, to: lastLine(range) };
    return written(view, formatYaml(tree, style, lines));
  }
  const edits = formatJson(source.text, style);
  return written(
    view,
    range === undefined ? edits : within(view, edits, range),
  );
}

/** A range that ends where a line begins leaves that line out. */
function lastLine({ start, end }: Range): number {
  return end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
}

/** The edits whose blanks touch the lines of a range. */
function within(view: View, edits: readonly Edit[], range: Range): Edit[] {
  const start = view.offset({ line: range.start.line, character: 0 });
  const end = view.offset({ line: lastLine(range), character: Infinity });
  return edits.filter(({ span }) => span.end >= start && span.start < end);
}

function written(view: View, edits: readonly Edit[]): TextEdit[] {
  return edits.map(({ span, text }) => ({
    range: view.range(span),
    newText: text,
  }));
}

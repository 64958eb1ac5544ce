import { type InlayHint, InlayHintRequest } from "vscode-languageserver";
import type { Range } from "vscode-languageserver-types";
import { bytesText } from "../../schemas/mod.ts";
import { type Attachment, attachmentsOf } from "../attachments.ts";
import { feature, type Scope } from "../feature.ts";
import type { View } from "../view.ts";
import { wordsOf } from "./words/words_of.ts";

/** Behind each attached name: its file and how large that is. */
export const INLAY_HINTS = feature({
  type: InlayHintRequest.type,
  capability: () => ({ inlayHintProvider: { resolveProvider: false } }),
  uri: ({ textDocument }) => textDocument.uri,
  answer: ({ range }, view, scope) => inlayHints(view, range, scope.host),
  empty: [],
});

/** The hints of a part of a document. Names that nothing declares have none. */
export function inlayHints(
  view: View,
  range: Range,
  { files }: { readonly files: Pick<Scope["host"]["files"], "probe"> },
): InlayHint[] {
  if (view.kind !== "inputs") return [];
  const from = view.offset(range.start);
  const to = view.offset(range.end);
  const declared = attachmentsOf(view);
  return wordsOf(view).flatMap((word): InlayHint[] => {
    const { start, end } = word.span;
    if (word.kind !== "attachment" || word.role !== "use") return [];
    const attachment = declared.get(word.name);
    if (attachment === undefined || start > to || end < from) return [];
    const position = view.range(word.span).end;
    const label = labelOf(attachment, files);
    return [{ position, label, paddingLeft: true }];
  });
}

function labelOf(
  { path, file }: Attachment,
  files: Pick<Scope["host"]["files"], "probe">,
): string {
  const state = files.probe(file);
  return state.kind === "file" ? `${path}, ${bytesText(state.size)}` : path;
}

import type { TextEdit } from "vscode-languageserver-types";
import { fixAllEdits } from "../../../schemas/checker.ts";
import { NO_ASSOCIATION } from "../../association.ts";
import type { Scope } from "../../feature.ts";
import { viewOf } from "../../view_of.ts";
import type { View } from "../../view.ts";
import { type DocumentEdits, editsOf } from "../../workspace_edit.ts";
import { markRemoval } from "./mark_removal.ts";

/** All that can be fixed in a document without asking, found by checking each next version of it. */
export function fixedAll(
  view: View,
  { registry, host: { files, flags } }: Pick<Scope, "registry" | "host">,
): DocumentEdits {
  const association = view.kind === "inputs"
    ? view.association
    : NO_ASSOCIATION;
  const known = flags === undefined ? {} : { flags };
  const parts = { registry, files, association, ...known };
  const found = fixAllEdits(view, (text) => {
    const source = { ...view.source, text };
    return viewOf({ ...view, source }, parts)?.diagnostics ?? [];
  });
  const { edits, ...document } = editsOf(view, found);
  return { ...document, edits: [...markEdits(view), ...edits] };
}

function markEdits(view: View): readonly TextEdit[] {
  const edit = markRemoval(view);
  return edit === undefined ? [] : [edit];
}

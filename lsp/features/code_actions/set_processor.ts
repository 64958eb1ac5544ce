import { nearest, property, type Span } from "../../../schemas/mod.ts";
import { processorEdit } from "../../../schemas/checker.ts";
import type { InputsView } from "../../view.ts";
import { editsOf } from "../../workspace_edit.ts";
import { KINDS, type Offer } from "./offer.ts";

/** Most processors that are offered at once. */
const MOST = 30;

/**
 * Names another processor in the document: one offer for each ref, the one that is meant first. Without a place
 * always; otherwise where the processor is named, on the first line, and where nobody names one.
 */
export function processorOffers(
  view: InputsView,
  { refs, span }: {
    readonly refs: readonly string[];
    readonly span: Span | undefined;
  },
): Offer[] {
  const { tree, checked } = view;
  if (span !== undefined && !isAbout(view, span)) return [];
  const named = property(tree.root, "$processor")?.value;
  const now = named?.kind === "scalar"
    ? String(named.value)
    : checked.document?.ref;
  const meant = nearest(now ?? "", refs);
  const others = new Set([...meant === undefined ? [] : [meant], ...refs]);
  return [...others].filter((ref) => ref !== now).slice(0, MOST)
    .flatMap((ref): Offer[] => {
      const edit = processorEdit(tree, ref);
      if (edit === undefined) return [];
      const title = `Set processor ${ref}`;
      return [{ title, kind: KINDS.processor, edits: editsOf(view, [edit]) }];
    });
}

function isAbout(
  { tree: { root }, checked, source: { text } }: InputsView,
  { start, end }: Span,
): boolean {
  if (checked.document?.ref === undefined) return true;
  const line = text.search(/[\r\n]/);
  if (start <= (line < 0 ? text.length : line)) return true;
  const named = property(root, "$processor");
  return named !== undefined && named.keySpan.start <= end &&
    start <= named.value.span.end;
}

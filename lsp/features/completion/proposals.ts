import type { View } from "../../view.ts";
import type { Cursor } from "../cursor/cursor.ts";
import { cursorsAt } from "../cursor/cursors_at.ts";
import { documentGuide } from "../document_guide.ts";
import { documentProposals } from "./documents.ts";
import { keyProposals } from "./keys.ts";
import { modelineProposals } from "./modelines.ts";
import type { Ask, CompletionScope, Proposal } from "./proposal.ts";
import { specialProposals } from "./special.ts";
import { undeclaredNames } from "./undeclared_names.ts";
import { valueProposals } from "./values.ts";

/** A proposal and, unless it is for a comment, the place that it is for. */
export interface Placed {
  readonly proposal: Proposal;
  readonly cursor?: Cursor;
}

/** Everything that may stand at an offset, best first. */
export function proposalsAt(
  view: View,
  offset: number,
  scope: CompletionScope,
): readonly Placed[] {
  const comment = modelineProposals(view, offset, scope);
  if (comment !== undefined) return comment.map((proposal) => ({ proposal }));
  const cursors = cursorsAt(view, offset);
  return cursors.flatMap((cursor) => {
    const guide = documentGuide(view, cursor.tree, scope.registry);
    const proposals = ofPlace({ view, cursor, guide, scope });
    // Behind a dash, what is attached is proposed as a value.
    const other = cursor.role === "key" && cursors.length > 1 &&
      cursor.slot.inline && cursors.every(({ slot }) => slot === cursor.slot);
    return proposals.filter(({ kind }) => !other || kind !== "attachment")
      .map((proposal) => ({ proposal, cursor }));
  });
}

function ofPlace(ask: Ask): readonly Proposal[] {
  const { role } = ask.cursor;
  if (role === "key") {
    return [
      ...documentProposals(ask),
      ...undeclaredNames(ask),
      ...keyProposals(ask),
    ];
  }
  return specialProposals(ask) ??
    [...documentProposals(ask), ...valueProposals(ask)];
}

import type { Edit } from "../../../schemas/mod.ts";
import { fixAllEdits } from "../../../schemas/checker.ts";
import type { Scope } from "../../feature.ts";
import { viewOf } from "../../view_of.ts";
import type { View } from "../../view.ts";
import { NO_ASSOCIATION } from "../../association.ts";

/** All that can be fixed in a document without asking, found by checking each next version of it. */
export function fixedAll(
  view: View,
  { registry, host: { files } }: Pick<Scope, "registry" | "host">,
): readonly Edit[] {
  const association = view.kind === "inputs"
    ? view.association
    : NO_ASSOCIATION;
  const parts = { registry, files, association };
  return fixAllEdits(view, (text) => {
    const source = { ...view.source, text };
    return viewOf({ ...view, source }, parts)?.diagnostics ?? [];
  });
}

import {
  type CompletionItem,
  CompletionResolveRequest,
} from "vscode-languageserver";
import { isObject } from "../../schemas/mod.ts";
import { feature, type Scope } from "../feature.ts";
import type { View } from "../view.ts";
import type { About } from "./completion/proposal.ts";
import { documentGuide } from "./document_guide.ts";
import { type Block, markupOf } from "./hover/blocks.ts";
import { entryBlocks } from "./hover/entry_blocks.ts";
import { placeBlocks } from "./hover/place_blocks.ts";

/** The documentation of an item, when the client shows it. */
export const COMPLETION_RESOLVE = feature({
  type: CompletionResolveRequest.type,
  capability: () => ({}),
  uri: ({ data }) => isObject(data) ? `${data["uri"]}` : "",
  answer: (item, view, scope) => documented(item, view, scope),
  empty: { label: "" },
  untouched: (item) => item,
});

/** The item with what hovering over it would show, once it is in the document. */
export function documented(
  item: CompletionItem,
  view: View,
  scope: Pick<Scope, "registry"> & {
    readonly client: Pick<Scope["client"], "markdown">;
  },
): CompletionItem {
  const blocks = blocksOf(item, view, scope);
  if (blocks.length === 0) return item;
  return { ...item, documentation: markupOf(blocks, scope.client.markdown) };
}

function blocksOf(
  { data, label }: CompletionItem,
  view: View,
  { registry }: Pick<Scope, "registry">,
): readonly Block[] {
  const about: Partial<About> & { ref?: unknown; path?: unknown } =
    isObject(data) ? data : {};
  const { ref, path } = about;
  if (typeof ref === "string") return entryBlocks(ref, registry);
  if (!Array.isArray(path)) return [];
  const { readings } = documentGuide(view, view.tree, registry).value(path);
  return placeBlocks(label, readings);
}

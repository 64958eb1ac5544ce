import { type Hover, HoverRequest } from "vscode-languageserver";
import { type Path, property, type Span } from "../../schemas/mod.ts";
import { attachmentsOf } from "../attachments.ts";
import { feature, type Scope } from "../feature.ts";
import type { View } from "../view.ts";
import { documentGuide } from "./document_guide.ts";
import { attachmentBlocks } from "./hover/attachment_blocks.ts";
import { type Block, markupOf } from "./hover/blocks.ts";
import { becauseBlocks, entryBlocks } from "./hover/entry_blocks.ts";
import { placeAt } from "./hover/place_at.ts";
import { placeBlocks } from "./hover/place_blocks.ts";
import { type Word, wordAt } from "./words/word.ts";
import { wordsOf } from "./words/words_of.ts";

/** What is known about the place under the mouse. */
export const HOVER = feature({
  type: HoverRequest.type,
  capability: () => ({ hoverProvider: true }),
  uri: ({ textDocument }) => textDocument.uri,
  answer: ({ position }, view, scope) =>
    hover(view, view.offset(position), scope),
  empty: null,
});

/** What hovering may ask. */
export interface HoverScope {
  readonly registry: Scope["registry"];
  readonly host: {
    readonly files: Pick<Scope["host"]["files"], "probe" | "head" | "cid">;
  };
  readonly client: Pick<Scope["client"], "markdown" | "pictures">;
  readonly signal: AbortSignal;
}

/** A part of the document and what there is to say about it. */
interface Found {
  readonly span: Span;
  readonly blocks: readonly Block[];
}

/** Attachments and processors are told as what they are, everything else as its schema describes it. */
export async function hover(
  view: View,
  offset: number,
  scope: HoverScope,
): Promise<Hover | null> {
  const word = wordAt(wordsOf(view), offset);
  const found = (word && await ofWord(word, view, scope)) ??
    await ofPlace(offset, view, scope);
  if (found === undefined || found.blocks.length === 0) return null;
  return {
    contents: markupOf(found.blocks, scope.client.markdown),
    range: view.range(found.span),
  };
}

async function ofWord(
  word: Word,
  view: View,
  scope: HoverScope,
): Promise<Found | undefined> {
  const { span } = word;
  if (word.kind === "processor" && view.kind !== "entry") {
    const because = view.kind === "inputs"
      ? becauseBlocks(view.association)
      : [];
    const entry = entryBlocks(word.ref, scope.registry);
    return { span, blocks: [...entry, ...because] };
  }
  if (view.kind !== "inputs") return undefined;
  if (word.kind === "attachment") {
    return { span, blocks: await named(word.name, view, scope) };
  }
  if (word.kind !== "file") return undefined;
  const declared = [...attachmentsOf(view).values()]
    .find(({ file, at }) => file === word.file && at !== undefined);
  return declared && { span, blocks: await named(declared.name, view, scope) };
}

async function named(
  name: string,
  view: View & { readonly kind: "inputs" },
  { host, client, signal }: HoverScope,
): Promise<readonly Block[]> {
  const attachment = attachmentsOf(view).get(name);
  if (attachment === undefined) return undeclared(name);
  const pictures = client.markdown && client.pictures;
  return await attachmentBlocks(attachment, {
    files: host.files,
    pictures,
    signal,
  });
}

function undeclared(name: string): readonly Block[] {
  return [
    { kind: "title", title: name, words: "attached file" },
    {
      kind: "text",
      text: "Neither the document nor theory.yaml declares it; " +
        "the command line may, with --attach",
    },
  ];
}

async function ofPlace(
  offset: number,
  view: View,
  scope: HoverScope,
): Promise<Found | undefined> {
  const { tree } = view;
  const place = tree.root && placeAt(tree.root, offset);
  if (place === undefined) return undefined;
  const { path, span } = place;
  const name = attachedAt(path, view);
  if (name !== undefined && view.kind === "inputs") {
    return { span, blocks: await named(name, view, scope) };
  }
  const guide = documentGuide(view, tree, scope.registry);
  const blocks = placeBlocks(titleOf(path), guide.value(path).readings);
  const because = view.kind === "inputs" && path.length === 1
    ? becauseBlocks(view.association)
    : [];
  return { span, blocks: blocks.length === 0 ? [] : [...blocks, ...because] };
}

/** The name beside the key `$attach`. */
function attachedAt(path: Path, { tree }: View): string | undefined {
  if (path.at(-1) !== "$attach" || path[0] === "$attachments") return undefined;
  const value = path.reduce(
    (node, step) =>
      typeof step === "number"
        ? node?.kind === "array" ? node.items[step] : undefined
        : property(node, step)?.value,
    tree.root,
  );
  return value?.kind === "scalar" && typeof value.value === "string"
    ? value.value
    : undefined;
}

/** The key that a place is below. */
function titleOf(path: Path): string {
  const key = path.findLast((step) => typeof step === "string");
  const last = path.at(-1);
  return typeof last === "number" ? `${key ?? ""}[${last}]` : key ?? "";
}

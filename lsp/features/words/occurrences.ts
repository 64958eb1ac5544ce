import type { PlaceElsewhere } from "../../../schemas/mod.ts";
import { attachmentsOf } from "../../attachments.ts";
import type { InputsView, View } from "../../view.ts";
import type { Around } from "./around.ts";
import { type Page, pageOf, type Pages } from "./page.ts";
import type { AttachmentWord, ProcessorWord, Word } from "./word.ts";
import { wordsOf } from "./words_of.ts";

/** A word and the document that it stands in. */
export interface Occurrence<W extends Word = Word> {
  readonly page: Page;
  readonly word: W;
}

/**
 * Where an attachment is named that is named here: in the document alone, unless settings declare it; then in the
 * settings and in every open document that takes it from them.
 */
export function attachmentOccurrences(
  word: AttachmentWord,
  view: View,
  pages: Pages,
): readonly Occurrence<AttachmentWord>[] {
  const { name } = word;
  if (view.kind === "entry") return [];
  if (view.kind === "config") {
    const here = { page: view, word };
    return [here, ...inDocumentsOf(here, pages.views())];
  }
  const settings = settingsDeclaration(name, view, pages);
  if (settings === undefined) return named(name, view);
  const others = pages.views().filter(({ uri }) => uri !== view.uri);
  return [settings, ...named(name, view), ...inDocumentsOf(settings, others)];
}

/** Where a processor is named: in open documents, in its entry, and in the settings that apply to open documents. */
export function processorOccurrences(
  { ref }: ProcessorWord,
  view: View,
  around: Around,
): readonly Occurrence<ProcessorWord>[] {
  const open = [view, ...around.views().filter(({ uri }) => uri !== view.uri)];
  const closed = new Set([
    around.registry.file(ref),
    ...open.map((each) => each.kind === "inputs" && each.association.file),
  ]);
  const pages = new Map<string, Page>(open.map((each) => [each.uri, each]));
  for (const file of closed) {
    const page = file ? pageOf(file, around) : undefined;
    if (page !== undefined && !isOpen(page, open)) pages.set(page.uri, page);
  }
  return [...pages.values()].flatMap((page) =>
    wordsOf(page).flatMap((word) =>
      word.kind === "processor" && word.ref === ref ? [{ page, word }] : []
    )
  );
}

function isOpen({ path }: Page, open: readonly View[]): boolean {
  return open.some((each) => each.path === path);
}

function named(
  name: string,
  page: Page,
): readonly Occurrence<AttachmentWord>[] {
  return wordsOf(page).flatMap((word) =>
    word.kind === "attachment" && word.name === name ? [{ page, word }] : []
  );
}

/** Where settings declare a name for a document; undefined when it declares the name itself. */
function settingsDeclaration(
  name: string,
  view: InputsView,
  pages: Pages,
): Occurrence<AttachmentWord> | undefined {
  const at = attachmentsOf(view).get(name)?.elsewhere;
  const page = at && pageOf(at.source, pages);
  if (at === undefined || page?.kind !== "config") return undefined;
  return named(name, page).find((each) => isDeclaredAt(each, at));
}

/** Where a name that settings declare is used. */
function inDocumentsOf(
  declaration: Occurrence<AttachmentWord>,
  views: readonly View[],
): readonly Occurrence<AttachmentWord>[] {
  const { name } = declaration.word;
  return views.flatMap((view) => {
    if (view.kind !== "inputs") return [];
    const at = attachmentsOf(view).get(name)?.elsewhere;
    return at && isDeclaredAt(declaration, at) ? named(name, view) : [];
  });
}

/** Whether a name of settings is the one that was matched; the text in the editor may be newer than that. */
function isDeclaredAt(
  { page, word }: Occurrence<AttachmentWord>,
  { source, span }: PlaceElsewhere,
): boolean {
  if (source !== page.path) return false;
  const same = named(word.name, page).map((each) => each.word.span.start);
  return same.includes(span.start)
    ? word.span.start === span.start
    : same.length === 1;
}

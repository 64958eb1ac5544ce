import { isAttachmentName } from "../../../schemas/mod.ts";
import { keyText } from "../../../schemas/checker.ts";
import { attachmentsOf } from "../../attachments.ts";
import type { View } from "../../view.ts";
import type { DocumentEdits } from "../../workspace_edit.ts";
import {
  attachmentOccurrences,
  type Occurrence,
} from "../words/occurrences.ts";
import type { Page, Pages } from "../words/page.ts";
import type { AttachmentWord } from "../words/word.ts";
import { wordsOf } from "../words/words_of.ts";

/** What to change for a new name, or why it cannot be had. */
export type NameChange =
  | { readonly edits: readonly DocumentEdits[] }
  | { readonly refusal: string };

/** Changes a name wherever it stands for the same attachment. */
export function renamed(
  word: AttachmentWord,
  view: View,
  { newName, ...pages }: Pages & { readonly newName: string },
): NameChange {
  const refuse = (found: string) => ({
    refusal: `Cannot rename "${word.name}" to "${newName}": ${found}`,
  });
  if (newName === word.name) return { edits: [] };
  if (!isAttachmentName(newName)) {
    return refuse("a name has letters, digits, _, - and . alone");
  }
  const places = attachmentOccurrences(word, view, pages);
  const taken = documentsOf(places, pages)
    .find((page) => namesIn(page, places).has(newName));
  return taken === undefined
    ? { edits: editsOf(places, newName) }
    : refuse(`"${taken.source.name}" has this name already`);
}

/** The documents that names stand in; those that are open with what is known about them. */
function documentsOf(
  places: readonly Occurrence[],
  { views }: Pages,
): readonly (Page | View)[] {
  return [...new Set(places.map(({ page }) => page))].map((page) =>
    views().find(({ uri }) => uri === page.uri) ?? page
  );
}

/** Names that an attachment in a document cannot get; rules of settings do not disturb each other. */
function namesIn(
  page: Page | View,
  places: readonly Occurrence<AttachmentWord>[],
): ReadonlySet<string> {
  const words = wordsOf(page).filter((each) => each.kind === "attachment");
  if (page.kind === "config") {
    const own = words.filter((each) =>
      places.some(({ word }) =>
        word.group !== undefined && word.group === each.group
      )
    );
    return new Set(own.map(({ name }) => name));
  }
  const known = "association" in page ? attachmentsOf(page).keys() : [];
  return new Set([...words.map(({ name }) => name), ...known]);
}

function editsOf(
  places: readonly Occurrence<AttachmentWord>[],
  name: string,
): readonly DocumentEdits[] {
  const pages = Map.groupBy(places, ({ page }) => page.uri);
  return [...pages].flatMap(([uri, [first, ...others]]) => {
    if (first === undefined) return [];
    const { page } = first;
    const edits = [first, ...others].map(({ word }) => ({
      range: page.range(word.span),
      newText: writtenAs(word, page, name),
    }));
    return [{ uri, version: page.version ?? null, edits }];
  });
}

/** A name in the quotes that the old one has; plain YAML stays plain where it can. */
function writtenAs(
  { span, written }: AttachmentWord,
  { source: { text, language } }: Page,
  name: string,
): string {
  if (written === "comment") return name;
  const quote = text.charAt(span.start);
  if (quote === "'") return `'${name}'`;
  return language !== "yaml" || quote === '"'
    ? JSON.stringify(name)
    : keyText(name);
}

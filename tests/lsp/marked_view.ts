import { type Host, NO_ASSOCIATION, type View, viewOf } from "../../lsp/mod.ts";
import { languageOf } from "../../schemas/mod.ts";
import { plainHost } from "./plain_host.ts";

/** A document whose text had a `|` where the cursor is. */
export interface Marked {
  readonly view: View;
  /** Of the cursor; the end of the text when there is no mark. */
  readonly offset: number;
}

/** Reads a document of `/project` from text with at most one `|` in it, taken out before it is read. */
export function markedView(
  name: string,
  marked: string,
  host: Host = plainHost(),
): Marked {
  const at = marked.indexOf("|");
  const text = at < 0 ? marked : marked.slice(0, at) + marked.slice(at + 1);
  const view = viewOf({
    uri: `file:///project/${name}`,
    path: `/project/${name}`,
    dir: "/project",
    version: 1,
    source: { name, text, language: languageOf(name) },
  }, {
    registry: host.registry({ roots: [] }),
    files: host.files,
    association: NO_ASSOCIATION,
  });
  if (view === undefined) throw new Error(`"${name}" is none of ours`);
  return { view, offset: at < 0 ? text.length : at };
}

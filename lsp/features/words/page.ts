import {
  dirname,
  documentKind,
  languageOf,
  type Source,
} from "../../../schemas/mod.ts";
import { parse } from "../../../schemas/checker.ts";
import type { HostFiles } from "../../host.ts";
import { fileUri } from "../../file_uri.ts";
import { placing } from "../../placing.ts";
import type { View } from "../../view.ts";

/** A document whose words are looked at: an open one, or one that is only in its file. */
export type Page =
  & Pick<View, "kind" | "uri" | "path" | "dir" | "source" | "tree" | "range">
  & {
    /** Missing for one that is not open. */
    readonly version?: number;
  };

/** What is asked of the documents around one. */
export interface Pages {
  /** The other open documents that are ours. */
  readonly views: () => readonly View[];
  readonly files: Pick<HostFiles, "text">;
}

/** The document of a file as it is in the editor, else as it is in the file; undefined when it is none of ours. */
export function pageOf(
  path: string,
  { views, files }: Pages,
): Page | undefined {
  const open = views().find((view) => view.path === path);
  if (open !== undefined) return open;
  const text = files.text(path);
  if (text === undefined) return undefined;
  const name = path.slice(path.lastIndexOf("/") + 1);
  const source: Source = { name, text, language: languageOf(name) };
  const kind = documentKind(source);
  if (kind === undefined) return undefined;
  return {
    kind,
    path,
    source,
    uri: fileUri(path),
    dir: dirname(path),
    tree: parse(source),
    range: placing(text).range,
  };
}

import type { Location } from "vscode-languageserver-types";
import {
  type Host,
  type HostRegistry,
  type View,
  viewOf,
} from "../../lsp/mod.ts";
import { lookAround } from "../../lsp/project/around.ts";
import { languageOf } from "../../schemas/mod.ts";
import { plainHost } from "./plain_host.ts";

/** A folder whose files are given by absolute path, with the first of them open at its mark and the rest as asked. */
export interface OpenFolder {
  readonly view: View;
  readonly offset: number;
  readonly views: () => readonly View[];
  readonly files: Host["files"];
  readonly registry: HostRegistry;
}

/** Opens files as the server would, settings around them included; the first one has the cursor. */
export function openFolder(
  marked: Readonly<Record<string, string>>,
  open: readonly string[] = Object.keys(marked),
): OpenFolder {
  const [first = ""] = open;
  const offset = marked[first]?.indexOf("|") ?? -1;
  const texts = Object.fromEntries(
    Object.entries(marked).map((
      [path, text],
    ) => [path, path === first ? text.replace("|", "") : text]),
  );
  const host = plainHost(texts);
  const registry = host.registry({ roots: [] });
  const views = open.map((path) => {
    const view = viewOf(opened(path, texts[path] ?? ""), {
      registry,
      files: host.files,
      association: lookAround(opened(path, ""), host).association,
    });
    if (view === undefined) throw new Error(`"${path}" is none of ours`);
    return view;
  });
  const [view] = views;
  if (view === undefined) throw new Error("no file is open");
  return { view, offset, views: () => views, files: host.files, registry };
}

/** Places as people read them: `inputs.yaml:3:5 image`, counted from 1. */
export function shown(
  locations: readonly Location[],
  files: Host["files"],
): readonly string[] {
  return locations.map(({ uri, range: { start, end } }) => {
    const path = decodeURIComponent(uri.replace("file://", ""));
    const text = files.text(path) ?? "";
    const line = text.split(/\r\n|\n/)[start.line] ?? "";
    const word = start.line === end.line
      ? line.slice(start.character, end.character)
      : `${line.slice(start.character)}…`;
    const name = path.slice(path.lastIndexOf("/") + 1);
    return `${name}:${start.line + 1}:${start.character + 1} ${word}`.trim();
  });
}

function opened(path: string, text: string) {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return {
    uri: `file://${path}`,
    path,
    dir: path.slice(0, path.lastIndexOf("/")),
    version: 1,
    source: { name, text, language: languageOf(name) },
  };
}

import { filePath, fileUri } from "../file_uri.ts";
import type { HostFiles } from "../host.ts";
import type { WorkspacePage } from "../feature.ts";
import type { View } from "../view.ts";
import { documentName } from "./document_name.ts";
import type { Session } from "./session.ts";

/** Most files that are looked at, so that a folder which happens to be huge is no trouble. */
const MAX_FILES = 10_000;

/** Our documents in the open folders, and those that are open: as the editor has them, else as they are on the disk. */
export function workspaceViews(
  { documents, workspace, host }: Pick<
    Session,
    "documents" | "workspace" | "host"
  >,
): readonly View[] {
  const { folders } = workspace;
  const open = documents.uris();
  const paths = new Set(open.map(filePath));
  const others = documentsBelow(folders, host.files)
    .filter((path) => !paths.has(path));
  return [
    ...documents.views(),
    ...others.flatMap((path) => {
      const text = host.files.text(path);
      if (text === undefined) return [];
      const uri = fileUri(path);
      const { name, language, ...place } = documentName(
        { uri, languageId: "" },
        folders,
      );
      const source = { name, language, text };
      const opened = { ...place, uri, version: 0, source };
      return workspace.view(opened) ?? [];
    }),
  ];
}

/** The same without their verdicts, read one by one. */
export function* workspacePages(
  { documents, workspace, host, others }: Pick<
    Session,
    "documents" | "workspace" | "host" | "others"
  >,
): Generator<WorkspacePage> {
  const { folders } = workspace;
  const open = documents.views();
  yield* open;
  const uris = new Set(open.map(({ uri }) => uri));
  others.refresh();
  for (const path of documentsBelow(folders, host.files)) {
    const page = others.page(path);
    if (page === undefined || uris.has(page.uri)) continue;
    const { name } = documentName({ uri: page.uri, languageId: "" }, folders);
    yield { ...page, source: { ...page.source, name } };
  }
}

/** Absolute paths of files that may be ours; hidden folders and those of packages are left out. */
function documentsBelow(
  folders: readonly string[],
  { list }: Pick<HostFiles, "list">,
): readonly string[] {
  const found: string[] = [];
  const queue = new Set(folders);
  let seen = 0;
  // What is added on the way is gone through, too; a folder of two that are open once.
  for (const dir of queue) {
    for (const { name, isFolder } of list(dir)) {
      if (++seen > MAX_FILES) return found;
      if (name.startsWith(".") || name === "node_modules") continue;
      const path = `${dir === "/" ? "" : dir}/${name}`;
      if (isFolder) queue.add(path);
      else if (/\.(?:jsonc?|ya?ml)$/i.test(name)) found.push(path);
    }
  }
  return found;
}

import { filePath } from "../file_uri.ts";
import type { WorkspacePage } from "../feature.ts";
import type { View } from "../view.ts";
import { documentName } from "./document_name.ts";
import { documentsBelow } from "./documents_below.ts";
import { pauses } from "./pauses.ts";
import type { Session } from "./session.ts";

/**
 * Our documents in the open folders, and those that are open: as the editor has them, else as they are on the disk.
 * Those that another server serves are left out.
 */
export async function workspaceViews(
  { documents, closed }: Pick<Session, "documents" | "closed">,
): Promise<readonly View[]> {
  const others = await closed.views();
  const open = [...documents.uris(), ...documents.elsewhere()];
  const paths = new Set(open.map(filePath));
  return [
    ...documents.views(),
    ...others.filter(({ path }) => !paths.has(path)),
  ];
}

/** The same without their verdicts, read one by one, with pauses. */
export async function* workspacePages(
  { documents, workspace, host, others }: Pick<
    Session,
    "documents" | "workspace" | "host" | "others"
  >,
): AsyncGenerator<WorkspacePage> {
  const { folders } = workspace;
  const open = documents.views();
  yield* open;
  const uris = new Set(open.map(({ uri }) => uri));
  others.refresh();
  const pause = pauses(host);
  for (const path of documentsBelow(folders, host.files)) {
    await pause();
    const page = others.page(path);
    if (page === undefined || uris.has(page.uri)) continue;
    const { name } = documentName({ uri: page.uri, languageId: "" }, folders);
    yield { ...page, source: { ...page.source, name } };
  }
}

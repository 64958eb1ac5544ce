import type { InitializeParams } from "vscode-languageserver";
import type { Association } from "../association.ts";
import { NO_ASSOCIATION } from "../association.ts";
import type { Host, HostRegistry } from "../host.ts";
import type { Opened, ViewParts } from "../view_of.ts";
import { filePath } from "../file_uri.ts";

/** The folders that the client has open, and what documents in them are checked against. */
export interface Workspace {
  /** Absolute. */
  readonly folders: () => readonly string[];
  readonly change: (
    change: {
      readonly added: readonly string[];
      readonly removed: readonly string[];
    },
  ) => void;
  readonly registry: () => HostRegistry;
  readonly parts: (opened: Opened) => ViewParts;
  /** Something outside of the open documents changed: what was read is read again when it is needed. */
  readonly forget: () => void;
}

export function workspaceOf(
  host: Host,
  folders: readonly string[],
): Workspace {
  let open = [...new Set(folders)];
  let registry: HostRegistry | undefined;
  const current = () => registry ??= host.registry({ roots: [] });
  const association: Association = NO_ASSOCIATION;
  return {
    folders: () => open,
    change({ added, removed }) {
      open = [...new Set([...open, ...added])]
        .filter((each) => !removed.includes(each));
    },
    registry: current,
    parts: () => ({ registry: current(), files: host.files, association }),
    forget: () => registry = undefined,
  };
}

/** The folders of a client, however old the way in which it says them; none when it has none. */
export function foldersOf(
  { workspaceFolders, rootUri, rootPath }: Pick<
    InitializeParams,
    "workspaceFolders" | "rootUri" | "rootPath"
  >,
): readonly string[] {
  const uris = workspaceFolders?.map(({ uri }) => uri) ??
    (rootUri ? [rootUri] : []);
  const paths = uris.flatMap((uri) => filePath(uri) ?? []);
  if (paths.length > 0 || !rootPath) return paths.map(withoutSlash);
  return [withoutSlash(rootPath)];
}

export function withoutSlash(path: string): string {
  return path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
}

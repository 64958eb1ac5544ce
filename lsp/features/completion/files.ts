import { resolveFrom } from "../../file_uri.ts";
import type { Proposal, Write } from "./proposal.ts";
import type { Ask } from "./proposal.ts";
import { valueIn } from "./write_slot.ts";

/** What of a folder is proposed. */
export type FileChoice = "files" | "folders";

/** The files and folders below the path that is typed, which is relative to the document. */
export function fileProposals(
  ask: Ask,
  choice: FileChoice = "files",
): readonly Proposal[] {
  const { cursor: { slot }, view } = ask;
  const quote = slot.quote.length;
  const place = slot.quote === "" ? {} : {
    span: {
      start: slot.span.start + quote,
      end: slot.span.end - (slot.closed ? quote : 0),
    },
  };
  const { files } = ask.scope.host;
  return pathsBelow(view.dir, slot.typed, { files, choice })
    .map(({ path, isFolder }) => ({
      label: path,
      kind: isFolder ? "folder" : "file",
      ...place,
      write: slot.quote === "" ? whole(path, slot) : inside(path, slot),
    }));
}

/** A path with the quotes it needs; of a folder the cursor stays inside of them. */
function whole(path: string, slot: Ask["cursor"]["slot"]): Write {
  const write = valueIn(slot, path);
  return (stops, nested) => {
    const text = write(stops, nested);
    const open = stops.snippets && text.endsWith('/"');
    return open ? `${text.slice(0, -1)}$0"` : text;
  };
}

/** A path as it stands between quotes; the closing one is added when it is missing. */
function inside(
  path: string,
  { quote, closed }: Ask["cursor"]["slot"],
): Write {
  const text = quote === '"'
    ? JSON.stringify(path).slice(1, -1)
    : path.replaceAll("'", "''");
  return (stops) => stops.plain(closed ? text : `${text}${quote}`);
}

/** A path that may be typed. */
export interface FilePath {
  /** As it is written, relative to the document; of a folder with a slash at its end. */
  readonly path: string;
  readonly isFolder: boolean;
}

/** What the folder that is typed holds; names that begin with a dot only where a dot is typed. */
export function pathsBelow(
  dir: string,
  typed: string,
  { files, choice = "files" }: {
    readonly files: Ask["scope"]["host"]["files"];
    readonly choice?: FileChoice;
  },
): readonly FilePath[] {
  const folder = typed.slice(0, typed.lastIndexOf("/") + 1);
  const hidden = typed.slice(folder.length).startsWith(".");
  const found = files.list(resolveFrom(dir, folder === "" ? "." : folder))
    .filter(({ name }) => hidden || !name.startsWith("."))
    .filter(({ isFolder }) => isFolder || choice === "files");
  const up = /^(?:\.\.\/)*\.{0,2}$/.test(typed) ? [`${folder}../`] : [];
  return [
    ...found.map(({ name, isFolder }) => ({
      path: `${folder}${name}${isFolder ? "/" : ""}`,
      isFolder,
    })),
    ...up.map((path) => ({ path, isFolder: true })),
  ];
}

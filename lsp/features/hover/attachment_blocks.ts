import {
  artifactObject,
  basename,
  bytesText,
  type Cid,
  type FileState,
  mimeOf,
} from "../../../schemas/mod.ts";
import { prettyJson } from "../../../schemas/checker.ts";
import type { Attachment } from "../../attachments.ts";
import type { HostFiles } from "../../host.ts";
import type { Block, Fact } from "./blocks.ts";
import { imageSize } from "./image_size.ts";
import { pictureUri } from "./picture_uri.ts";

/** What looking at a file may use. */
export interface Looking {
  readonly files: Pick<HostFiles, "probe" | "head" | "cid">;
  /** Whether pictures can be shown. */
  readonly pictures: boolean;
  readonly signal: AbortSignal;
}

/** Larger files are not read to the end for a hover. */
export const MOST_HASHED = 256 * 1024 * 1024;
/** Larger pictures are not shown. */
export const MOST_SHOWN = 64 * 1024;
/** Beginning of a file in which a picture says its size. */
const HEAD = 256 * 1024;

const ABSENT: Readonly<Record<Exclude<FileState["kind"], "file">, string>> = {
  missing: "There is no such file",
  directory: "This is a folder, not a file",
  unreadable: "The file cannot be read",
  unknown: "The file cannot be looked at",
};

/** What an attachment is: its file, its cid as a run computes it, and what a run sends in its place. */
export async function attachmentBlocks(
  { name, path, file, from }: Attachment,
  looking: Looking,
): Promise<readonly Block[]> {
  const state = looking.files.probe(file);
  const title = { kind: "title", title: name, words: "attached file" } as const;
  const declared: readonly Fact[] = [
    { name: "File", values: [path], code: true },
    { name: "Declared in", values: [DECLARED[from]] },
  ];
  if (state.kind !== "file") {
    return [
      title,
      { kind: "facts", facts: declared },
      { kind: "text", text: ABSENT[state.kind] },
    ];
  }
  const seen = await look(file, { ...looking, size: state.size, path });
  const sent = seen.cid && artifactObject(path, seen.cid);
  return [
    title,
    ...seen.picture,
    { kind: "facts", facts: [...declared, ...seen.facts] },
    ...(sent === undefined ? [] : [
      { kind: "text", text: "Sent as" } as const,
      {
        kind: "code",
        language: "json",
        text: prettyJson({ ...sent }),
      } as const,
    ]),
  ];
}

const DECLARED: Readonly<Record<Attachment["from"], string>> = {
  document: "this document",
  settings: "theory.yaml",
  command: "the settings",
};

interface Seen {
  readonly cid?: Cid;
  readonly facts: readonly Fact[];
  readonly picture: readonly Block[];
}

async function look(
  file: string,
  { files, size, path, pictures, signal }: Looking & {
    readonly size: number;
    readonly path: string;
  },
): Promise<Seen> {
  const mime = mimeOf(basename(path));
  const isImage = mime.startsWith("image/");
  const head = isImage ? await files.head(file, HEAD) : undefined;
  const image = head && imageSize(head);
  const cid = size > MOST_HASHED ? undefined : await files.cid(file, signal);
  const uri = pictures && image !== undefined && size <= MOST_SHOWN
    ? pictureUri(mime, head)
    : undefined;
  return {
    ...(cid === undefined ? {} : { cid }),
    facts: [
      { name: "Media type", values: [mime], code: true },
      { name: "Size", values: [bytesText(size)] },
      ...(image === undefined ? [] : [{
        name: "Dimensions",
        values: [`${image.width} × ${image.height} pixels`],
      }]),
      { name: "cid", ...cidFact(cid, size) },
    ],
    picture: uri === undefined ? [] : [{ kind: "picture", name: path, uri }],
  };
}

function cidFact(cid: Cid | undefined, size: number): Omit<Fact, "name"> {
  if (cid !== undefined) return { values: [cid], code: true };
  return {
    values: [
      size > MOST_HASHED
        ? `not computed here, since the file is larger than ${
          bytesText(MOST_HASHED)
        }; a run computes it`
        : "the file cannot be read",
    ],
  };
}

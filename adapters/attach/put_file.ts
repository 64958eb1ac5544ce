import type { WorldPath } from "../../schemas/mod.ts";
import {
  attachmentPath,
  basename,
  escapeForWorldPath,
  Failure,
  mimeOf,
  parseWorldPath,
} from "../../schemas/mod.ts";
import { openPlainFile } from "../plain_file.ts";
import type { AttachedArtifact } from "../ports.ts";
import { attachFailure } from "./attach_failure.ts";
import type { StoreFileOptions } from "./store_file.ts";
import { storeFile } from "./store_file.ts";

/** Bytes of a file in the store, and the world path that names them there. */
export type StoredFile = Omit<AttachedArtifact, "name">;

export interface PutFileOptions extends Omit<StoreFileOptions, "onBytes"> {
  /** The path as the user wrote it. */
  readonly declared: string;
  /** World path to name it by; one that ends in `/` is a folder for it. Default: as attached files are named. */
  readonly at?: WorldPath;
  /** Whether it stays although no run names it. */
  readonly keep?: boolean;
  /** Called while the file is read, with bytes. */
  readonly onBytes?: (done: number, total: number) => void;
}

/**
 * Takes a file into the store and names it there. Throws `ERR_ATTACH_…`, or the code of the world path rule
 * that its name breaks.
 */
export async function putFile(
  file: string,
  options: PutFileOptions,
): Promise<StoredFile> {
  const { declared, store, at, keep = false, onBytes } = options;
  options.signal.throwIfAborted();
  try {
    await using plain = await openPlainFile(file, { followLinks: true });
    const total = plain.state.size;
    const stored = await storeFile(plain, {
      ...options,
      onBytes: (done) => onBytes?.(done, total),
    });
    const name = basename(declared).normalize("NFC");
    const mime = mimeOf(name);
    const text = placeOf(name, at) ??
      attachmentPath(stored.cid, escapeForWorldPath(name));
    const path = worldPathOf(text, declared);
    await store.link(path, { ...stored, mime }, { keep });
    return { path, ...stored, mime };
  } catch (error) {
    throw attachFailure(declared, error);
  }
}

function placeOf(name: string, at: WorldPath | undefined): string | undefined {
  if (at === undefined) return undefined;
  const place = at.endsWith("/") ? `${at}${name}` : at;
  return escapeForWorldPath(place);
}

function worldPathOf(text: string, declared: string): WorldPath {
  const result = parseWorldPath(text);
  if (result.ok) return result.path;
  const { code, message } = result.problem;
  throw new Failure(code, `Cannot attach "${declared}": ${message}`);
}

import type { Cid } from "../../schemas/mod.ts";
import { isCid, isObject, join } from "../../schemas/mod.ts";
import { readJsonFile } from "../json_file.ts";
import type { FileState } from "../plain_file.ts";
import { sameState } from "../plain_file.ts";
import type { ArtifactStore } from "../ports.ts";
import { ensureFolder, namesIn, removeIfThere } from "../store/folders.ts";
import { inStore } from "../store/store_failure.ts";

/** Remembers which bytes files had, so that an unchanged file need not be read again. */
export interface KnownFiles {
  /** What is remembered of a file by its place on the disk. */
  find(state: FileState): Promise<KnownFile | undefined>;
  /** Remembers what was found when a file was read. */
  remember(state: FileState, found: FoundFile): Promise<void>;
  /** Forgets the files whose bytes are not in the store any more. */
  prune(store: Pick<ArtifactStore, "stat">): Promise<void>;
}

/** What a file was found to be, and how its bytes in the store stood then. */
export interface FoundFile {
  readonly cid: Cid;
  /** That of the store, when it had the bytes whole. */
  readonly stamp: string;
  /** When the reading began, in milliseconds since 1970. */
  readonly readAtMs: number;
}

export interface KnownFile extends Pick<FoundFile, "cid" | "stamp"> {
  /** Whether the file surely still has these bytes. Otherwise they are only likely. */
  readonly certain: boolean;
}

/**
 * A file that was written to less than this before it was read may be written to again without its
 * times telling, for they are no finer than seconds on some systems. It is read again.
 */
const SETTLED_MS = 2_000;

/**
 * Known files in a folder, one small record for each. As `git` and `restic` do, it takes a file for
 * unchanged when device, inode, size, time of change and time of modification are: nobody but a program that
 * sets the system's clock can change a file and keep all of them.
 */
export function knownFiles(folder: string): KnownFiles {
  const recordOf = ({ dev, ino }: FileState) =>
    join(folder, `${dev}-${ino}.json`);
  return {
    async find(state) {
      const record = await inStore(folder, () => readRecord(recordOf(state)));
      if (record === undefined) return undefined;
      const { cid, stamp, readAtMs } = record;
      const settled = readAtMs - SETTLED_MS >
        Math.max(state.mtimeMs, state.ctimeMs);
      const certain = settled && sameState(record.state, state);
      return { cid, stamp, certain };
    },
    remember: (state, { cid, stamp, readAtMs }) =>
      inStore(folder, async () => {
        await ensureFolder(folder);
        await writeRecord(recordOf(state), { cid, stamp, readAtMs, state });
      }),
    prune: (store) =>
      inStore(folder, async () => {
        for (const name of await namesIn(folder)) {
          const path = join(folder, name);
          const record = readRecord(path);
          const known = record !== undefined && await store.stat(record.cid);
          if (!known) await removeIfThere(path);
        }
      }),
  };
}

interface KnownRecord extends FoundFile {
  readonly state: FileState;
}

/** A record that cannot be read, of a killed writer say, is none: the file is simply read again. */
function readRecord(path: string): KnownRecord | undefined {
  return parseRecord(readJsonFile(path));
}

/** In place, and not kept by the disk at once: a record that is lost costs one more reading. */
async function writeRecord(path: string, record: KnownRecord): Promise<void> {
  await Deno.writeTextFile(path, JSON.stringify(record), { mode: 0o600 });
}

function parseRecord(value: unknown): KnownRecord | undefined {
  if (!isObject(value)) return undefined;
  const { cid, stamp, readAtMs, state } = value;
  if (
    typeof cid !== "string" || !isCid(cid) || typeof stamp !== "string" ||
    typeof readAtMs !== "number" || !isObject(state)
  ) return undefined;
  return { cid, stamp, readAtMs, state: state as unknown as FileState };
}

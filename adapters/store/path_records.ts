import type { ArtifactRecord } from "../ports.ts";
import type { WorldPath } from "../../schemas/mod.ts";
import { cidOf, Failure, isCid, isObject, join } from "../../schemas/mod.ts";
import { namesIn, removeIfThere } from "./folders.ts";
import { stageFile } from "./staged_file.ts";

/** What a world path names. */
export type PathRecord = ArtifactRecord & { readonly path: WorldPath };

/** How many record files are read at once. */
const BATCH = 64;

/**
 * One small JSON file per world path, named by the hash of the path: paths may be longer than file
 * names, and differ only in case, on any file system. Writers replace a file whole, the last one wins.
 */
export interface PathRecords {
  keyOf(record: PathRecord): string;
  read(key: string): Promise<PathRecord | undefined>;
  /** Writes nothing when the record is there already. */
  write(record: PathRecord): Promise<void>;
  remove(key: string): Promise<void>;
  /** Every record, in no order. */
  all(): AsyncGenerator<PathRecord>;
}

export interface RecordPlaces {
  readonly folder: string;
  readonly staging: string;
  /** What there is one record of. */
  readonly keyOf: (record: PathRecord) => string;
}

export function pathRecords(
  { folder, staging, keyOf }: RecordPlaces,
): PathRecords {
  const read = async (key: string) => readRecord(await fileOf(folder, key));
  return {
    keyOf,
    read,
    async write(record) {
      const text = recordText(record);
      const key = keyOf(record);
      const before = await read(key);
      if (before !== undefined && recordText(before) === text) return;
      await using staged = await stageFile(staging, 0o600);
      await staged.write(new TextEncoder().encode(text));
      await staged.commit(await fileOf(folder, key));
    },
    async remove(key) {
      await removeIfThere(await fileOf(folder, key));
    },
    all: () => allRecords(folder),
  };
}

async function* allRecords(folder: string): AsyncGenerator<PathRecord> {
  const names = await namesIn(folder);
  for (let start = 0; start < names.length; start += BATCH) {
    const batch = names.slice(start, start + BATCH);
    const records = await Promise.all(
      batch.map((name) => readRecord(join(folder, name))),
    );
    yield* records.filter((record) => record !== undefined);
  }
}

async function fileOf(folder: string, key: string): Promise<string> {
  const cid = await cidOf(new TextEncoder().encode(key));
  return join(folder, `${cid.slice(3)}.json`);
}

async function readRecord(file: string): Promise<PathRecord | undefined> {
  try {
    return parseRecord(file, await Deno.readTextFile(file));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

function recordText({ path, cid, size, mime }: PathRecord): string {
  return JSON.stringify({ path, cid, size, mime });
}

function parseRecord(file: string, text: string): PathRecord {
  const value = parseJson(text);
  if (isObject(value)) {
    const { path, cid, size, mime } = value;
    if (
      typeof path === "string" && typeof cid === "string" && isCid(cid) &&
      typeof size === "number" && typeof mime === "string"
    ) {
      return { path: path as WorldPath, cid, size, mime };
    }
  }
  throw new Failure("ERR_STORE", `Cannot read "${file}": it is damaged`, {
    hint: "Remove that file: content stays in the store under its cid",
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import type { ArtifactRecord } from "../ports.ts";
import type { WorldPath } from "../../schemas/mod.ts";
import { cidOf, Failure, isCid, isObject, join } from "../../schemas/mod.ts";
import { namesIn, removeIfThere } from "./folders.ts";
import { type StagedFile, stageFile } from "./staged_file.ts";

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
  /** Has the disk keep a record that nobody sees before it is committed. */
  stage(record: PathRecord): Promise<StagedRecord>;
  remove(key: string): Promise<void>;
  /** Every record, in no order. */
  all(): AsyncGenerator<PathRecord>;
}

/** A record that is going to be. */
export interface StagedRecord extends AsyncDisposable {
  /** Writes nothing when the record is there already. */
  commit(): Promise<void>;
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
  return {
    keyOf,
    read: async (key) => readRecord(await fileOf(folder, key)),
    async stage(record) {
      const file = await fileOf(folder, keyOf(record));
      return await stageRecord(record, { file, staging });
    },
    async remove(key) {
      removeIfThere(await fileOf(folder, key));
    },
    all: () => allRecords(folder),
  };
}

async function stageRecord(
  record: PathRecord,
  { file, staging }: { readonly file: string; readonly staging: string },
): Promise<StagedRecord> {
  const text = recordText(record);
  const isThere = () => {
    const before = readRecord(file);
    return before !== undefined && recordText(before) === text;
  };
  const write = () => stageText(text, staging);
  let staged = isThere() ? undefined : await write();
  return {
    async commit() {
      if (isThere()) return;
      staged ??= await write();
      await staged.commit(file);
    },
    [Symbol.asyncDispose]: async () => await staged?.[Symbol.asyncDispose](),
  };
}

/** A text that the disk keeps; nothing of it when that fails. */
async function stageText(text: string, staging: string): Promise<StagedFile> {
  const staged = await stageFile(staging, 0o600);
  try {
    await staged.write(new TextEncoder().encode(text));
    await staged.sync();
    return staged;
  } catch (error) {
    await staged[Symbol.asyncDispose]();
    throw error;
  }
}

async function* allRecords(folder: string): AsyncGenerator<PathRecord> {
  const names = namesIn(folder);
  for (let start = 0; start < names.length; start += BATCH) {
    const batch = names.slice(start, start + BATCH);
    yield* batch.map((name) => readRecord(join(folder, name)))
      .filter((record) => record !== undefined);
  }
}

async function fileOf(folder: string, key: string): Promise<string> {
  const cid = await cidOf(new TextEncoder().encode(key));
  return join(folder, `${cid.slice(3)}.json`);
}

/** At once: going to another thread and back takes longer than reading so little. */
function readRecord(file: string): PathRecord | undefined {
  try {
    return parseRecord(file, Deno.readTextFileSync(file));
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

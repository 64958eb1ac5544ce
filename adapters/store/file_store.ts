import { join } from "../../schemas/mod.ts";
import type { ArtifactStore } from "../ports.ts";
import { collectGarbage } from "./collect_garbage.ts";
import { recordOf, requireBytes, selectRecords } from "./links.ts";
import { linkQueue } from "./link_queue.ts";
import { objectFiles } from "./object_files.ts";
import { touchObject } from "./object_places.ts";
import type { PathRecord } from "./path_records.ts";
import { pathRecords } from "./path_records.ts";
import { beginSession } from "./sessions.ts";
import { sweepStaging } from "./staged_file.ts";
import { inStore, inStorePieces } from "./store_failure.ts";
import { storeLock } from "./store_lock.ts";

/** An artifact store in a folder. */
export interface FileStore extends ArtifactStore {
  /** Folder of content by cid: `<hex[0..2]>/<hex>`, read-only files. */
  readonly objectsDir: string;
}

/**
 * The store in a folder that is made when first written to; for any number of processes at once.
 *
 * `objects/` holds content by cid, `paths/` a record for each world path, `kept/` one for each path and
 * content that somebody wants kept, `tmp/` what is on its way and who uses the store, `damaged/` what was
 * set aside. Content is hashed while it is written, kept by the disk before it gets its name, and never
 * changed afterwards, so what has a name is whole. Its time of modification says when it was written, that of access
 * when it was used last, of which being read is a kind where the system notes it.
 * What killed processes left in `tmp/` is removed by the next one that puts something or begins a session.
 * Needs read and write permission for the folder.
 */
export function fileStore(folder: string): FileStore {
  const objectsDir = join(folder, "objects");
  const staging = join(folder, "tmp");
  const lock = storeLock(join(folder, "lock"));
  const objects = objectFiles({ folder, objectsDir, staging, lock });
  const names = pathRecords({
    folder: join(folder, "paths"),
    staging,
    keyOf: ({ path }) => path,
  });
  const kept = pathRecords({
    folder: join(folder, "kept"),
    staging,
    keyOf: keptKey,
  });
  const queue = linkQueue(lock);
  let swept: Promise<number> | undefined;
  const sweep = () => swept ??= inStore(folder, () => sweepStaging(staging));
  return {
    ...objects,
    objectsDir,
    async put(content, onCheck) {
      await sweep();
      return await objects.put(content, onCheck);
    },
    async link(path, record, { keep = false, after } = {}) {
      const named = { ...record, path };
      // What it rejects with is thrown below, once there is nothing else to do.
      after?.catch(() => {});
      await inStore(folder, async () => {
        await using name = await names.stage(named);
        await using keeping = keep ? await kept.stage(named) : undefined;
        await after;
        const work = async () => {
          requireBytes(touchObject(objectsDir, record.cid), record);
          await name.commit();
          await keeping?.commit();
        };
        await queue({ path, work });
      });
    },
    resolve: async (path) =>
      recordOf(await inStore(folder, () => names.read(path))),
    list: (prefix) => selectRecords(inStorePieces(folder, names.all()), prefix),
    async session() {
      await sweep();
      return await inStore(folder, () => beginSession(staging));
    },
    gc: (options) =>
      inStore(
        folder,
        () =>
          collectGarbage({ objectsDir, staging, names, kept, lock }, options),
      ),
  };
}

/** A path may keep several contents: naming it again does not end what it kept before. */
function keptKey({ path, cid }: PathRecord): string {
  return `${cid} ${path}`;
}

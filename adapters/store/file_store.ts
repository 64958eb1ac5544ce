import { join } from "node:path";
import type { ArtifactStore } from "../ports.ts";
import { recordOf, requireBytes, selectRecords } from "./links.ts";
import { objectFiles } from "./object_files.ts";
import { pathRecords } from "./path_records.ts";
import { sweepStaging } from "./staged_file.ts";
import { inStore, inStorePieces } from "./store_failure.ts";

/** An artifact store in a folder. */
export interface FileStore extends ArtifactStore {
  /** Folder of content by cid: `<hex[0..2]>/<hex>`, read-only files. */
  readonly objectsDir: string;
}

/**
 * The store in a folder that is made when first written to; for any number of processes at once.
 *
 * `objects/` holds content by cid, `paths/` a record for each world path, `tmp/` what is on its way.
 * Content is hashed while it is written, kept by the disk before it gets its name, and never changed
 * afterwards, so what has a name is whole. What killed writers left in `tmp/` is removed by the next
 * one that puts something. Needs read and write permission for the folder.
 */
export function fileStore(folder: string): FileStore {
  const objectsDir = join(folder, "objects");
  const staging = join(folder, "tmp");
  const objects = objectFiles({ folder, objectsDir, staging });
  const records = pathRecords(join(folder, "paths"), staging);
  let swept: Promise<void> | undefined;
  return {
    ...objects,
    objectsDir,
    async put(content) {
      swept ??= inStore(folder, () => sweepStaging(staging));
      await swept;
      return await objects.put(content);
    },
    async link(path, record) {
      await requireBytes(objects, record);
      await inStore(folder, () => records.write({ ...record, path }));
    },
    resolve: async (path) =>
      recordOf(await inStore(folder, () => records.read(path))),
    list: (prefix) =>
      selectRecords(inStorePieces(folder, records.all()), prefix),
  };
}

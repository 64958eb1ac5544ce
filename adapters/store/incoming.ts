import type { StagedFile } from "./staged_file.ts";
import { stageFile } from "./staged_file.ts";

/** Content up to this size stays in memory until it is known whether it has to be written at all. */
const HELD_BYTES = 256 * 1024;

/** Content on its way into the store, hashed by the caller meanwhile. */
export interface Incoming {
  readonly size: number;
  write(piece: Uint8Array): Promise<void>;
  /** Moves the content to its place, for good. Without it, nothing of it remains after disposal. */
  commit(place: string): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Takes content in: small content in memory, larger content as a file in the staging folder. */
export function incoming(stagingFolder: string): Incoming {
  const held: Uint8Array[] = [];
  let size = 0;
  let staged: StagedFile | undefined;
  const stage = async () => {
    staged ??= await stageFile(stagingFolder, 0o400);
    for (const piece of held.splice(0)) await staged.write(piece);
    return staged;
  };
  return {
    get size() {
      return size;
    },
    async write(piece) {
      size += piece.length;
      if (size <= HELD_BYTES) held.push(piece.slice());
      else await (await stage()).write(piece);
    },
    commit: async (place) => await (await stage()).commit(place),
    [Symbol.asyncDispose]: async () => await staged?.[Symbol.asyncDispose](),
  };
}

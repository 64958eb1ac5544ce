import { Readable } from "node:stream";
import { type BuildContext, contextEntries } from "./build_context.ts";
import { tar } from "./tar.ts";

/** A context as engines take it. */
export interface Archive {
  /** Name of the Dockerfile in it. */
  readonly dockerfile: string;
  readonly stream: Readable;
}

/** Packs a context while it is read. `onError` is called for what cannot be read: who reads a stream is not told that. */
export async function archive(
  context: BuildContext,
  onError: (error: unknown) => void,
): Promise<Archive> {
  const { dockerfile, entries } = await contextEntries(context);
  const stream = Readable.from(tar(entries), { objectMode: false });
  stream.on("error", onError);
  return { dockerfile, stream };
}

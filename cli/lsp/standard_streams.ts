import type { Bytes } from "../../lsp/mod.ts";

/** Bytes that are read at once: as many as a pipe holds. */
const PIECE = 65_536;

/** Both standard streams, without the web streams of Deno, which take longer to load than a message to answer. */
export const STANDARD_STREAMS: Bytes = { incoming, send };

async function* incoming(): AsyncGenerator<Uint8Array> {
  const piece = new Uint8Array(PIECE);
  for (;;) {
    const read = await Deno.stdin.read(piece);
    if (read === null) return;
    yield piece.slice(0, read);
  }
}

async function send(bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    done += await Deno.stdout.write(bytes.subarray(done));
  }
}

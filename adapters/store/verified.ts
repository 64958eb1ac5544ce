import type { Cid } from "../../schemas/mod.ts";
import { createHasher, Failure } from "../../schemas/mod.ts";

/**
 * Passes bytes on and checks that they have the hash they are known by. Each piece is held back until
 * the next one is there, so the last one is never handed out when the check fails: the reader gets an
 * `ERR_STORE` instead.
 */
export async function* verified(
  cid: Cid,
  pieces: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const hasher = await createHasher();
  let held: Uint8Array | undefined;
  for await (const piece of pieces) {
    hasher.update(piece);
    if (held !== undefined) yield held;
    held = piece;
  }
  const found = hasher.cid();
  if (found !== cid) {
    throw new Failure(
      "ERR_STORE",
      `Cannot read artifact "${cid}": its bytes in the store are damaged`,
      { details: { found } },
    );
  }
  if (held !== undefined) yield held;
}

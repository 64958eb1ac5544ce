import { fileStore } from "../../adapters/mod.ts";
import { pattern, read, streamOf } from "./store_content.ts";

/** Puts a little, then more than there is room for; prints how that ended, as JSON. */
const [folder = "", size = "0"] = Deno.args;
const store = fileStore(folder);
const small = await store.put(streamOf(pattern(10_000)));
const pieces = Array.from(
  { length: Math.ceil(Number(size) / 100_000) },
  (_, i) => pattern(100_000).fill(i & 255, 0, 1_000),
);
const ended = await store.put(streamOf(...pieces)).then(
  ({ cid }) => ({ stored: cid }),
  (error) => ({ code: error.code, message: error.message, hint: error.hint }),
);
const kept = (await read(store, small.cid)).length;
const text = JSON.stringify({ ...ended, kept });
await Deno.stdout.write(new TextEncoder().encode(text));

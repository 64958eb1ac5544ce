import { fileStore } from "../../adapters/mod.ts";
import { pattern } from "./store_content.ts";

/** Puts the same contents into a store as its siblings do at the same time, then links them. */
const [folder = "", rounds = "0"] = Deno.args;
for (let round = 0; round < Number(rounds); round++) {
  const store = fileStore(folder);
  const stored = await store.put(
    ReadableStream.from([pattern(1_000 + (round % 20) * 100_000)]),
  );
  await store.link(`/artifacts/shared/${round}` as never, {
    ...stored,
    mime: "application/octet-stream",
  });
  await Deno.stdout.write(new TextEncoder().encode("."));
}

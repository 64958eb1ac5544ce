import type { ArtifactStore } from "../../adapters/mod.ts";
import type { Cid, Json } from "../../schemas/mod.ts";

/** The text of stored bytes; undefined when the store does not have them. */
export async function storedText(
  cid: Cid | undefined,
  store: ArtifactStore,
): Promise<string | undefined> {
  const content = cid === undefined ? undefined : await store.open(cid);
  return content === undefined ? undefined : await new Response(content).text();
}

/** The value of stored JSON; undefined when the store does not have it. */
export async function storedJson(
  cid: Cid | undefined,
  store: ArtifactStore,
): Promise<Json | undefined> {
  const text = await storedText(cid, store);
  return text === undefined ? undefined : JSON.parse(text);
}

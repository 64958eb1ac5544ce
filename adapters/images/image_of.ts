import type { ImageEngine } from "./image_engine.ts";
import { type ImageFacts, imageFacts } from "./image_facts.ts";
import { meetsPin } from "./meets_pin.ts";
import type { Pinned } from "./pinned.ts";

/** The pinned image that an engine has: by name and digest as a registry knows it, or by id as a local build has it. */
export async function imageOf(
  docker: Pick<ImageEngine, "getImage">,
  { reference, digest }: Pinned,
): Promise<ImageFacts | undefined> {
  for (const name of [reference, digest]) {
    const facts = await imageFacts(docker, name);
    if (facts !== undefined && meetsPin(facts, digest)) return facts;
  }
  return undefined;
}

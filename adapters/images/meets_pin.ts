import type { ImageFacts } from "./image_facts.ts";

/** Whether an image is the one that a digest names: by a registry's digest of it or, for a local build, by its id. */
export function meetsPin(
  { id, repoDigests }: Pick<ImageFacts, "id" | "repoDigests">,
  digest: string,
): boolean {
  return id === digest ||
    repoDigests.some((each) => each.endsWith(`@${digest}`));
}

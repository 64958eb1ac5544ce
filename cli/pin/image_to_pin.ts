import {
  digestsAt,
  type Docker,
  fitsPlatform,
  type ImageFacts,
  imageFacts,
  isLocal,
  listImages,
  parseReference,
  type Platform,
} from "../../adapters/images/mod.ts";
import { Failure } from "../../schemas/mod.ts";
import { builtName, taggedName } from "../build_place.ts";

interface Asked {
  readonly ref: string;
  readonly tag: string | undefined;
  readonly oci: string | undefined;
}

/**
 * The name of the image that is to be pinned: the one that was asked for, else the newest image of the processor that
 * the engine has for the platform, by its name at a registry if it was pushed.
 */
export async function imageToPin(
  docker: Docker,
  asked: Asked,
  platform: Platform,
): Promise<string> {
  const { ref, tag, oci } = asked;
  if (tag !== undefined && oci !== undefined) {
    throw new Failure(
      "ERR_USAGE",
      "Cannot pin both --tag and --oci: they name one image each",
    );
  }
  if (oci !== undefined) return oci;
  if (tag !== undefined) return taggedName(ref, tag);
  const name = await newest(docker, ref, platform);
  if (name !== undefined) return name;
  throw new Failure(
    "ERR_IMAGE_PULL",
    `Cannot find an image of "${ref}" for ${platform}: the engine has none`,
    {
      hint:
        `Build one: imagectl build --ref ${ref} --platform ${platform}; or name one: --oci REPOSITORY:TAG`,
    },
  );
}

async function newest(
  docker: Docker,
  ref: string,
  platform: Platform,
): Promise<string | undefined> {
  for (const { id, tags, digests } of await listImages(docker, ref)) {
    const facts = await imageFacts(docker, id);
    if (facts === undefined || !fitsPlatform(facts, platform)) continue;
    const pulled = tags.length === 0 ? digests[0] : undefined;
    return tags.find((tag) => isPushed(tag, facts)) ?? pulled ??
      builtName(ref, id);
  }
  return undefined;
}

/** Whether a registry is known to have an image by a name of it: a push that failed may have left others. */
function isPushed(name: string, facts: ImageFacts): boolean {
  const reference = parseReference(name);
  return reference !== undefined && !isLocal(reference) &&
    digestsAt(facts, reference).length > 0;
}

import { Failure } from "../../schemas/mod.ts";
import type { Credentials } from "./credentials.ts";
import { fitsPlatform, otherPlatform } from "./fits_platform.ts";
import type { ImageEngine } from "./image_engine.ts";
import type { ImageFacts } from "./image_facts.ts";
import { imageOf } from "./image_of.ts";
import { isLocal, notBuilt } from "./local_build.ts";
import type { Pinned } from "./pinned.ts";
import { pull, type PullOptions } from "./pull.ts";
import { parseReference } from "./reference.ts";

export interface EnsureOptions extends Omit<PullOptions, "auth"> {
  /** What registries are to be shown; asked only when an image has to be pulled. */
  readonly credentials?: Credentials;
}

/**
 * Makes sure that an engine has an image by its digest, for a platform; pulls it if it has to. Containers are to be
 * created from its `id`, since the reference of a local build is no name that engines know. Throws `ERR_IMAGE_PULL`,
 * `ERR_PULL_TIMEOUT`.
 */
export async function ensureImage(
  docker: ImageEngine,
  pinned: Pinned,
  options: EnsureOptions,
): Promise<ImageFacts> {
  const there = await imageOf(docker, pinned);
  if (there !== undefined && fitsPlatform(there, options.platform)) {
    return there;
  }
  const reference = parseReference(pinned.reference);
  if (reference === undefined) throw noName(pinned);
  if (isLocal(reference)) throw notBuilt(reference);
  const auth = await options.credentials?.(reference, options.signal);
  await pull(docker, reference, { ...options, auth });
  const pulled = await imageOf(docker, pinned);
  if (pulled === undefined) throw notThere(pinned);
  if (fitsPlatform(pulled, options.platform)) return pulled;
  throw otherPlatform(
    pinned.reference,
    [pulled.architecture],
    options.platform,
  );
}

function noName({ reference }: Pinned): Failure {
  return new Failure(
    "ERR_IMAGE_PULL",
    `Cannot pull "${reference}": it is not a name of an image`,
  );
}

function notThere({ reference }: Pinned): Failure {
  return new Failure(
    "ERR_IMAGE_PULL",
    `Cannot pull "${reference}": the engine pulled it, but does not have it under its digest`,
  );
}

import { Failure } from "../../schemas/mod.ts";
import type { Credentials } from "./credentials.ts";
import type { ImageEngine } from "./image_engine.ts";
import { type ImageFacts, imageFacts } from "./image_facts.ts";
import { meetsPin } from "./meets_pin.ts";
import type { Pinned } from "./pinned.ts";
import type { Platform } from "./platform.ts";
import { pull, type PullOptions } from "./pull.ts";
import { familiarName, parseReference, type Reference } from "./reference.ts";

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
  const there = await found(docker, pinned);
  if (there !== undefined && fits(there, options.platform)) return there;
  const reference = parseReference(pinned.reference);
  if (reference === undefined) throw noName(pinned);
  if (isLocal(reference)) throw notBuilt(pinned);
  const auth = await options.credentials?.(reference, options.signal);
  await pull(docker, reference, { ...options, auth });
  const pulled = await found(docker, pinned);
  if (pulled === undefined) throw notThere(pinned);
  if (fits(pulled, options.platform)) return pulled;
  throw otherPlatform(pinned, pulled, options.platform);
}

/** By name and digest as a registry knows it, or by id as a local build has it. */
async function found(
  docker: ImageEngine,
  { reference, digest }: Pinned,
): Promise<ImageFacts | undefined> {
  for (const name of [reference, digest.replace(/^sha256:/, "")]) {
    const facts = await imageFacts(docker, name);
    if (facts !== undefined && meetsPin(facts, digest)) return facts;
  }
  return undefined;
}

function fits({ architecture }: ImageFacts, platform: Platform): boolean {
  return architecture === "" || architecture === platform;
}

/** Where images are named that `imagectl build` makes: no registry has them. */
const LOCAL_PREFIX = "theory-local/";

function isLocal(reference: Reference): boolean {
  return familiarName(reference).startsWith(LOCAL_PREFIX);
}

function noName({ reference }: Pinned): Failure {
  return new Failure(
    "ERR_IMAGE_PULL",
    `Cannot pull "${reference}": it is not a name of an image`,
  );
}

function notBuilt({ reference }: Pinned): Failure {
  return new Failure(
    "ERR_IMAGE_PULL",
    `Cannot find image "${reference}": it was built locally, and this engine does not have it`,
    { hint: "Build it again, then pin it: imagectl build, registry pin" },
  );
}

function notThere({ reference }: Pinned): Failure {
  return new Failure(
    "ERR_IMAGE_PULL",
    `Cannot pull "${reference}": the engine pulled it, but does not have it under its digest`,
  );
}

function otherPlatform(
  { reference }: Pinned,
  { architecture }: ImageFacts,
  platform: Platform,
): Failure {
  return new Failure(
    "ERR_IMAGE_PULL",
    `Cannot use image "${reference}": it is made for ${architecture}, not for ${platform}`,
    {
      hint:
        "Build and push it for the platform, or choose the other one: --platform",
    },
  );
}

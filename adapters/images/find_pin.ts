import { Failure } from "../../schemas/mod.ts";
import { saidBy } from "./engine_error.ts";
import type { EnsureOptions } from "./ensure_image.ts";
import { fitsPlatform, otherPlatform } from "./fits_platform.ts";
import type {
  Distribution,
  ImageEngine,
  RegistryAuth,
} from "./image_engine.ts";
import { digestsAt, imageFacts } from "./image_facts.ts";
import { imageOf } from "./image_of.ts";
import { isLocal, notBuilt } from "./local_build.ts";
import type { Platform } from "./platform.ts";
import type { Pinned } from "./pinned.ts";
import { asking, pull } from "./pull.ts";
import { pullFailure } from "./pull_failure.ts";
import {
  DOCKER_HUB,
  familiarName,
  fullName,
  parseReference,
  type Reference,
} from "./reference.ts";

/**
 * The digest by which an entry is to pin an image that goes by a name, once it was seen that it is there, for the
 * platform. Of a registry's image it is the registry's, of a local build its id. A name with a digest stays what it is.
 * An engine that cannot ask a registry pulls the image. Throws `ERR_USAGE`, `ERR_IMAGE_PULL`, `ERR_PULL_TIMEOUT`.
 */
export async function findPin(
  docker: ImageEngine,
  name: string,
  options: EnsureOptions,
): Promise<Pinned> {
  const reference = parseReference(name);
  if (reference === undefined) {
    throw new Failure(
      "ERR_USAGE",
      `Cannot pin "${name}": it is not a name of an image`,
      { hint: "Write it like registry.example/team/app:1" },
    );
  }
  const there = await onEngine(docker, reference, options.platform);
  if (there !== undefined) return there;
  if (isLocal(reference)) throw notBuilt(reference);
  const auth = await options.credentials?.(reference, options.signal);
  return await atRegistry(docker, reference, { ...options, auth });
}

type Asking = EnsureOptions & { readonly auth: RegistryAuth | undefined };

function pinned(reference: Reference, digest: string): Pinned {
  return { reference: `${familiarName(reference)}@${digest}`, digest };
}

/** What the engine has for certain: an image by its digest, or a local build, whose name no registry has given. */
async function onEngine(
  docker: ImageEngine,
  reference: Reference,
  platform: Platform,
): Promise<Pinned | undefined> {
  const { digest } = reference;
  const facts = digest === undefined
    ? await imageFacts(docker, fullName(reference))
    : await imageOf(docker, pinned(reference, digest));
  if (facts === undefined) return undefined;
  const elsewhere = !isLocal(reference) &&
    (reference.registry !== DOCKER_HUB ||
      digestsAt(facts, reference).length > 0);
  if (fitsPlatform(facts, platform)) {
    if (digest !== undefined) return pinned(reference, digest);
    return elsewhere ? undefined : pinned(reference, facts.id);
  }
  if (elsewhere) return undefined;
  throw otherPlatform(fullName(reference), [facts.architecture], platform);
}

async function atRegistry(
  docker: ImageEngine,
  reference: Reference,
  options: Asking,
): Promise<Pinned> {
  const said = await asked(docker, reference, options);
  if (said === undefined) return await pulled(docker, reference, options);
  const made = (said.Platforms ?? []).map(({ architecture }) => architecture);
  const found = pinned(reference, said.Descriptor.digest);
  if (made.length === 0 || made.includes(options.platform)) return found;
  throw otherPlatform(
    fullName(reference),
    [...new Set(made)],
    options.platform,
  );
}

/** What the registry says; undefined from an engine that cannot ask it. */
async function asked(
  docker: ImageEngine,
  reference: Reference,
  options: Asking,
): Promise<Distribution | undefined> {
  const name = fullName(reference);
  const { auth: authconfig } = options;
  return await asking(name, options, async () => {
    try {
      return await docker.getImage(name).distribution({ authconfig });
    } catch (error) {
      if (isUnknownRoad(error)) return undefined;
      throw error;
    }
  });
}

/** Whether an engine does not know what it was asked, in place of the image that it was asked for. */
function isUnknownRoad(error: unknown): boolean {
  return /^(?:404 page )?not found$/i.test(saidBy(error) ?? "");
}

async function pulled(
  docker: ImageEngine,
  reference: Reference,
  options: Asking,
): Promise<Pinned> {
  await pull(docker, reference, options);
  const name = fullName(reference);
  const facts = await imageFacts(docker, name);
  if (facts !== undefined && !fitsPlatform(facts, options.platform)) {
    throw otherPlatform(name, [facts.architecture], options.platform);
  }
  const { digest } = reference;
  if (digest !== undefined) return pinned(reference, digest);
  for (const each of facts === undefined ? [] : digestsAt(facts, reference)) {
    const found = { ...reference, digest: each };
    if (await isThere(docker, found, options)) return pinned(reference, each);
  }
  throw pullFailure(name, "the engine pulled it, but knows no digest of it");
}

/**
 * Whether a registry has an image by a digest. Podman names each digest of an image at each repository of it, those of
 * its own with the others, so that every one has to be tried.
 */
async function isThere(
  docker: ImageEngine,
  reference: Reference,
  options: Asking,
): Promise<boolean> {
  try {
    await pull(docker, reference, options);
    return true;
  } catch (error) {
    if (error instanceof Failure && error.code === "ERR_IMAGE_PULL") {
      return false;
    }
    throw error;
  }
}

import { type Entry, Failure, pinnedDigest } from "../../schemas/mod.ts";
import { parseReference } from "./reference.ts";
import { type Platform, referenceOf } from "./platform.ts";

/** An image that an entry names, with the digest that it must have. */
export interface Pinned {
  /** `repository@sha256:…`, as the entry has it. */
  readonly reference: string;
  readonly digest: string;
}

/** The image of an entry for a platform, by digest; throws `ERR_IMAGE_UNPINNED`. */
export function requirePinned(
  { ref, image }: Pick<Entry, "ref" | "image">,
  platform: Platform,
): Pinned {
  const reference = referenceOf(image, platform);
  const digest = reference === undefined ? undefined : pinnedDigest(reference);
  if (reference === undefined || digest === undefined) {
    throw unpinned({ ref, image }, platform);
  }
  if (parseReference(reference) === undefined) {
    throw new Failure(
      "ERR_IMAGE_UNPINNED",
      `Cannot use image "${reference}": it is not a name of an image`,
      { hint: pinHint(ref, platform) },
    );
  }
  return { reference, digest };
}

function unpinned(
  { ref, image }: Pick<Entry, "ref" | "image">,
  platform: Platform,
): Failure {
  const reference = referenceOf(image, platform);
  const others = Object.keys(image.platforms).join(", ");
  const message = reference !== undefined
    ? `Cannot use image "${reference}" of "${ref}": it is not pinned by digest`
    : others === ""
    ? `Cannot use an image of "${ref}": its entry names none`
    : `Cannot use an image of "${ref}" for ${platform}: its entry pins ${others}`;
  return new Failure("ERR_IMAGE_UNPINNED", message, {
    hint: reference === undefined && image.build !== undefined
      ? `Build one and pin it: imagectl build --ref ${ref} --platform ${platform} && ${
        pinLine(ref, platform)
      }`
      : pinHint(ref, platform),
  });
}

function pinHint(ref: string, platform: Platform): string {
  return `Pin it: ${pinLine(ref, platform)} --oci REPOSITORY:TAG`;
}

function pinLine(ref: string, platform: Platform): string {
  return `registry pin --ref ${ref} --platform ${platform}`;
}

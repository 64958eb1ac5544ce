import { Failure } from "../../schemas/mod.ts";
import type { ImageFacts } from "./image_facts.ts";
import { meetsPin } from "./meets_pin.ts";

/** What is known of an instance that runs; what could not be asked is missing. */
export interface Running {
  /** What its `/healthz` says that it runs. */
  readonly said?: string | undefined;
  /** The image that its container was created from, as the engine has it. */
  readonly image?: Pick<ImageFacts, "id" | "repoDigests"> | undefined;
}

/** Where what runs is not what is pinned. */
export interface Drift {
  readonly pinned: string;
  /** The digest that runs. */
  readonly running: string;
  /** Who says so: the instance, or the engine of its image. */
  readonly source: "healthz" | "image";
}

/**
 * Compares what runs with the digest that the entry pins; undefined when both agree as far as is known. The engine is
 * believed before the instance, which says what it was told.
 */
export function driftOf(
  pinned: string,
  { said, image }: Running,
): Drift | undefined {
  const digest = saidDigest(said);
  if (image !== undefined && !meetsPin(image, pinned)) {
    // Of the digests that an image has it is the one by which it was started.
    const known = digest !== undefined && meetsPin(image, digest);
    const running = known ? digest : digestOf(image);
    return { pinned, running, source: "image" };
  }
  if (digest === undefined || digest === pinned) return undefined;
  return { pinned, running: digest, source: "healthz" };
}

/** `sha256:…` in whatever form it was said, with or without a repository; undefined for what is none. */
function saidDigest(said: string | undefined): string | undefined {
  return /(?:^|@)(sha256:[0-9a-f]{64})$/.exec(said ?? "")?.[1];
}

function digestOf({ id, repoDigests: [first] }: NonNullable<Running["image"]>) {
  return saidDigest(first) ?? id;
}

/** The failure for an instance that runs something else, with what to do. */
export function driftFailure(
  ref: string,
  { pinned, running, source }: Drift,
  hint: string,
): Failure {
  const says = source === "image" ? "its image is" : "it says that it is";
  return new Failure(
    "ERR_IMAGE_DRIFT",
    `Cannot use the instance of "${ref}": ${says} ${running}, the entry pins ${pinned}`,
    { hint, details: { pinned, running, source } },
  );
}

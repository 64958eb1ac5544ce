import { Failure } from "../../schemas/mod.ts";
import { type Moved, type MovingLimits, whileMoving } from "../while_moving.ts";
import { saidBy } from "./engine_error.ts";
import type { ImageEngine, RegistryAuth } from "./image_engine.ts";
import { jsonLines } from "./json_lines.ts";
import { type Platform, platformName } from "./platform.ts";
import { pullFailure } from "./pull_failure.ts";
import {
  NO_LAYERS,
  progressOf,
  type PullMessage,
  type PullProgress,
  withMessage,
} from "./pull_progress.ts";
import { fullName, type Reference, repositoryName } from "./reference.ts";

export interface PullOptions {
  readonly platform: Platform;
  /** Aborted to end the pull; what was downloaded by then is the engine's. */
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: PullProgress) => void;
  readonly auth?: RegistryAuth | undefined;
  /** Milliseconds without a word of the engine after which it is given up; default ten minutes. */
  readonly stallMs?: number;
}

/** Milliseconds. Podman says nothing while it downloads a layer, however large. */
const STALLED_AFTER = 600_000;

type Puller = Pick<ImageEngine, "createImage">;

/** Makes an engine fetch an image. Throws `ERR_IMAGE_PULL` with what the engine found, `ERR_PULL_TIMEOUT`. */
export async function pull(
  docker: Puller,
  reference: Reference,
  options: PullOptions,
): Promise<void> {
  const ended = new AbortController();
  const signal = AbortSignal.any([options.signal, ended.signal]);
  const shown = fullName(reference);
  try {
    await whileMoving(
      pullLimits(shown, options),
      (moved) => follow(docker, reference, { ...options, signal, moved }),
    );
  } finally {
    ended.abort();
  }
}

/** When asking a registry for an image is given up. */
export function pullLimits(
  shown: string,
  { signal, stallMs = STALLED_AFTER }: Pick<PullOptions, "signal" | "stallMs">,
): MovingLimits {
  return {
    signal,
    stallMs,
    interrupted: () =>
      new Failure("ERR_INTERRUPTED", `Cannot pull "${shown}": interrupted`),
    stalled: (seconds) =>
      new Failure(
        "ERR_PULL_TIMEOUT",
        `Cannot pull "${shown}": nothing moved for ${seconds} s`,
      ),
  };
}

async function follow(
  docker: Puller,
  reference: Reference,
  options: PullOptions & { readonly moved: Moved },
): Promise<void> {
  const { platform, signal, auth, moved, onProgress } = options;
  const { digest, tag = "latest" } = reference;
  const asked = {
    fromImage: repositoryName(reference),
    tag: digest ?? tag,
    platform: platformName(platform),
    abortSignal: signal,
  };
  let layers = NO_LAYERS;
  for await (const message of messages(docker, asked, auth)) {
    moved();
    const said = message.errorDetail?.message ?? message.error;
    if (said !== undefined) throw pullFailure(fullName(reference), said);
    const now = withMessage(layers, message);
    if (now !== layers) onProgress?.(progressOf(now));
    layers = now;
  }
  // A stream that was told to stop may just end.
  moved();
}

/** What the engine says on the way; what it answers in place of that is its last word. */
async function* messages(
  docker: Puller,
  asked: Parameters<ImageEngine["createImage"]>[1] & {
    readonly abortSignal: AbortSignal;
  },
  auth: RegistryAuth | undefined,
): AsyncGenerator<PullMessage> {
  const { abortSignal } = asked;
  try {
    const stream = await docker.createImage(auth, asked);
    const destroy = () => stream.destroy();
    abortSignal.addEventListener("abort", destroy, { once: true });
    if (abortSignal.aborted) destroy();
    for await (const value of jsonLines(stream)) {
      if (typeof value === "object" && value !== null) yield value;
    }
  } catch (error) {
    const said = saidBy(error);
    if (said === undefined || abortSignal.aborted) throw error;
    yield { error: said };
  }
}

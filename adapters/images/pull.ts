import { Failure } from "../../schemas/mod.ts";
import { isSystemError } from "../system_error.ts";
import { type Moved, whileMoving } from "../while_moving.ts";
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
import { withoutLogin } from "./without_login.ts";

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

/**
 * Makes an engine fetch an image. Throws `ERR_IMAGE_PULL` with what the engine found, `ERR_PULL_TIMEOUT`,
 * `ERR_ENGINE_UNAVAILABLE`.
 */
export async function pull(
  docker: Puller,
  reference: Reference,
  options: PullOptions,
): Promise<void> {
  const ended = new AbortController();
  const signal = AbortSignal.any([options.signal, ended.signal]);
  try {
    await asking(
      fullName(reference),
      options,
      (moved) => follow(docker, reference, { ...options, signal, moved }),
    );
  } finally {
    ended.abort();
  }
}

type AskOptions = Pick<PullOptions, "signal" | "stallMs" | "auth">;

/** Lets an engine ask a registry for an image, as long as it moves; what goes wrong is a failure with its code. */
export async function asking<T>(
  name: string,
  { signal, stallMs = STALLED_AFTER, auth }: AskOptions,
  ask: (moved: Moved) => Promise<T>,
): Promise<T> {
  const interrupted = () =>
    new Failure("ERR_INTERRUPTED", `Cannot pull "${name}": interrupted`);
  const stalled = (seconds: number) =>
    new Failure(
      "ERR_PULL_TIMEOUT",
      `Cannot pull "${name}": nothing moved for ${seconds} s`,
    );
  try {
    return await whileMoving({ signal, stallMs, interrupted, stalled }, ask);
  } catch (error) {
    if (error instanceof Failure) throw error;
    if (signal.aborted) throw interrupted();
    const said = saidBy(error);
    if (said !== undefined) throw pullFailure(name, withoutLogin(auth)(said));
    const denied = error instanceof Deno.errors.NotCapable;
    throw isSystemError(error) && !denied ? brokenOff(name, error) : error;
  }
}

function brokenOff(name: string, cause: Error): Failure {
  return new Failure(
    "ERR_ENGINE_UNAVAILABLE",
    `Cannot pull "${name}": the container engine broke off`,
    { hint: "Look whether the engine still runs, and try again", cause },
  );
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
    if (said !== undefined) {
      throw pullFailure(fullName(reference), withoutLogin(auth)(said));
    }
    const now = withMessage(layers, message);
    if (now !== layers) onProgress?.(progressOf(now));
    layers = now;
  }
  // A stream that was told to stop may just end.
  moved();
}

/** What the engine says on the way. */
async function* messages(
  docker: Puller,
  asked: Parameters<ImageEngine["createImage"]>[1] & {
    readonly abortSignal: AbortSignal;
  },
  auth: RegistryAuth | undefined,
): AsyncGenerator<PullMessage> {
  const { abortSignal } = asked;
  const stream = await docker.createImage(auth, asked);
  const destroy = () => stream.destroy();
  abortSignal.addEventListener("abort", destroy, { once: true });
  if (abortSignal.aborted) destroy();
  for await (const value of jsonLines(stream)) {
    if (typeof value === "object" && value !== null) yield value;
  }
}

import { Failure } from "../../schemas/mod.ts";
import { statusOf } from "../images/engine_error.ts";
import { driftFailure, driftOf } from "../images/drift.ts";
import type { ImageFacts } from "../images/image_facts.ts";
import type { Pinned } from "../images/pinned.ts";
import { pause } from "../sandbox/pause.ts";
import { diedEarly, notReady } from "./container_failures.ts";
import { containerHealth } from "./container_health.ts";
import { wholeLog } from "./container_logs.ts";
import type { Container } from "./docker_api.ts";

/** Lines of a log that are shown. */
const LAST = 20;
/** Milliseconds between two looks at a container that gets ready. */
const LOOK_EVERY = 50;

const SAY =
  "Let its server say at its health path what IMAGE_DIGEST holds, or no digest";

interface Awaited {
  readonly ref: string;
  readonly healthUrl: string;
  readonly pinned: Pinned;
  readonly image: ImageFacts;
  readonly waitMs: number;
  readonly secrets: ReadonlyMap<string, string>;
  readonly signal: AbortSignal;
}

/**
 * Waits until a container answers. Throws `ERR_START` with its last words when it ends, `ERR_READY_TIMEOUT`, and
 * `ERR_IMAGE_DRIFT` when it says that it runs something else.
 */
export async function awaitReady(
  container: Container,
  awaited: Awaited,
): Promise<void> {
  const { ref, healthUrl, pinned, image, waitMs, signal } = awaited;
  const limit = AbortSignal.timeout(waitMs);
  for (;;) {
    if (signal.aborted) throw interrupted(ref);
    const { state, said } = await containerHealth(healthUrl);
    if (state === "running") {
      const drift = driftOf(pinned.digest, { said, image });
      if (drift !== undefined) throw driftFailure(ref, drift, SAY);
      return;
    }
    const { State } = await container.inspect();
    if (!State.Running) {
      const log = await lastWords(container, awaited);
      throw diedEarly({ ref, log }, State);
    }
    if (limit.aborted) {
      const log = await lastWords(container, awaited);
      throw notReady({ ref, waitMs, log });
    }
    await pause(LOOK_EVERY, signal).catch(() => {});
  }
}

/** The end of a log; of a container that is just being removed there is none. */
async function lastWords(
  container: Container,
  awaited: Awaited,
): Promise<readonly string[]> {
  const secrets = [...awaited.secrets.values()];
  try {
    return (await wholeLog(container, { secrets })).slice(-LAST);
  } catch (error) {
    if (statusOf(error) === undefined) throw error;
    return [];
  }
}

/** The failure for a start that was interrupted. */
export function interrupted(ref: string): Failure {
  return new Failure("ERR_INTERRUPTED", `Cannot start "${ref}": interrupted`);
}

import type {
  EnvelopeError,
  OutputRecord,
  RunEvent,
} from "../../schemas/mod.ts";
import { Failure } from "../../schemas/mod.ts";
import { collectOutputs } from "../outputs/collect.ts";
import { watchOutputs } from "../outputs/watch_outputs.ts";
import type {
  ArtifactStore,
  Invocation,
  RunPhase,
  Said,
  SnapshotEntry,
  TransportHooks,
  TransportResponse,
} from "../ports.ts";
import type { MovingLimits } from "../while_moving.ts";
import { whileMoving } from "../while_moving.ts";
import type { RunGround } from "./run_ground.ts";
import type { RunPlace } from "./run_place.ts";

/** Milliseconds that a run has to end after a cancel or its timeout, when the caller does not say. */
const GRACE = 5000;

/** One run and where it happens. */
export interface LocalRun {
  readonly invocation: Invocation;
  readonly mode: "mock" | "real";
  readonly processor: SnapshotEntry;
  readonly place: RunPlace;
  readonly ground: RunGround;
}

/** What carrying it out takes. */
export interface RunMeans {
  readonly store: ArtifactStore;
  readonly signal: AbortSignal;
  readonly stallMs?: number;
  readonly onEvent: (event: RunEvent) => void;
  readonly onPhase: (phase: RunPhase) => void;
  readonly onWait: () => void;
}

/** What a run came to: outputs in the store, or what the processor did wrong. */
export type Outcome =
  | { readonly status: "success"; readonly outputs: readonly OutputRecord[] }
  | { readonly status: "error"; readonly error: EnvelopeError };

/** Sends the run, waits for its answer and takes its outputs into the store. Only outages throw. */
export async function carryOut(
  run: LocalRun,
  means: RunMeans,
): Promise<Outcome> {
  means.onPhase("run");
  const response = await sendWatched(run, means);
  if (response.status === "success") means.onPhase("collect");
  return response.status === "error"
    ? response
    : await collect(run, { ...means, said: response.said });
}

/** Sends the run, and ends it when it writes more than its entry allows: no grace, in which it could go on. */
async function sendWatched(
  run: LocalRun,
  means: RunMeans,
): Promise<TransportResponse> {
  const { runsDir } = run.place;
  const { entry } = run.processor;
  const { executionId } = run.invocation;
  using watch = watchOutputs({ ...run.ground, executionId, runsDir, entry });
  const atOnce = watch.signal;
  const signal = AbortSignal.any([means.signal, atOnce]);
  try {
    const response = await send(run, { ...means, signal, atOnce });
    if (response.status === "success" || !atOnce.aborted) return response;
  } catch (error) {
    if (!(error instanceof Failure) || !atOnce.aborted) throw error;
  }
  if (!(atOnce.reason instanceof Failure)) throw atOnce.reason;
  return { status: "error", error: told(atOnce.reason) };
}

async function send(
  { invocation, mode, processor, place, ground }: LocalRun,
  { signal, atOnce, onEvent, onWait }:
    & RunMeans
    & Pick<TransportHooks, "atOnce">,
): Promise<TransportResponse> {
  const { executionId, inputs, adapterOpts } = invocation;
  const { url, token, healthUrl } = place;
  const { writePrefix, outputs } = ground;
  const { timeoutS = processor.entry.runtime.timeoutS, graceMs = GRACE } =
    adapterOpts;
  const openMs = adapterOpts.waitMs;
  try {
    return await (place.line ?? place.transport).run({
      url,
      ...(token === undefined ? {} : { token }),
      ...(healthUrl === undefined ? {} : { healthUrl }),
      ...(outputs === undefined ? {} : { outputs }),
      executionId,
      mode,
      inputs: inputs.payload,
      writePrefix,
      timeoutS,
      graceMs,
      ...(openMs === undefined ? {} : { openMs }),
    }, { signal, ...(atOnce && { atOnce }), onEvent, onWait });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    if (isEndOfRun(error)) return { status: "error", error: told(error) };
    const failure = await place.explain(error);
    if (isEndOfRun(failure)) return { status: "error", error: told(failure) };
    throw failure;
  }
}

async function collect(
  run: LocalRun,
  { store, said, ...means }: RunMeans & { readonly said: Said | undefined },
): Promise<Outcome> {
  const { executionId, writePrefix } = run.invocation;
  const { entry } = run.processor;
  const { folder, given, layout } = run.ground;
  const limits = collectLimits(executionId, means);
  try {
    const outputs = await whileMoving(limits, (moved) => {
      return collectOutputs(folder, {
        store,
        executionId,
        writePrefix,
        entry,
        moved,
        ...(given && { given }),
        ...(layout && { layout: layout(said) }),
      });
    });
    return { status: "success", outputs };
  } catch (error) {
    // What is wrong with outputs is the processor's doing; only the store is ours.
    if (!(error instanceof Failure) || isOurs(error)) throw error;
    return { status: "error", error: told(error) };
  }
}

function isOurs({ code }: Failure): boolean {
  return code === "ERR_STORE" || code === "ERR_COLLECT_TIMEOUT";
}

function collectLimits(
  executionId: string,
  { signal, stallMs }: Pick<RunMeans, "signal" | "stallMs">,
): MovingLimits {
  return {
    signal,
    ...(stallMs === undefined ? {} : { stallMs }),
    interrupted: () =>
      new Failure(
        "ERR_PREEMPTED",
        `Cannot finish "${executionId}": it was cancelled while its outputs were collected`,
      ),
    stalled: (seconds, doing) =>
      new Failure(
        "ERR_COLLECT_TIMEOUT",
        `Cannot collect the outputs of "${executionId}": nothing moved for ${seconds} s while ${
          doing || "looking at them"
        }`,
      ),
  };
}

/** Whether the run itself ended by it, in contrast to an outage. */
function isEndOfRun({ code }: Failure): boolean {
  return ["ERR_RUN_TIMEOUT", "ERR_PREEMPTED", "ERR_OUT_OF_MEMORY"]
    .includes(code);
}

function told({ code, message, details }: Failure): EnvelopeError {
  return { code, message, ...(details === undefined ? {} : { details }) };
}

import { join } from "node:path";
import type {
  EnvelopeError,
  OutputRecord,
  RunEvent,
} from "../../schemas/mod.ts";
import { Failure, runFolderName } from "../../schemas/mod.ts";
import { collectOutputs } from "../outputs/collect.ts";
import type {
  ArtifactStore,
  Invocation,
  RunPhase,
  SnapshotEntry,
  Transport,
  TransportResponse,
} from "../ports.ts";
import type { RunPlace } from "./run_place.ts";

/** Milliseconds that a processor has to answer after a cancel or its timeout. */
const GRACE = 5000;

/** One run and where it happens. */
export interface LocalRun {
  readonly invocation: Invocation;
  readonly mode: "mock" | "real";
  readonly processor: SnapshotEntry;
  readonly place: RunPlace;
}

/** What carrying it out takes. */
export interface RunMeans {
  readonly transport: Transport;
  readonly store: ArtifactStore;
  readonly signal: AbortSignal;
  readonly onEvent: (event: RunEvent) => void;
  readonly onPhase: (phase: RunPhase) => void;
}

/** What a run came to: outputs in the store, or what the processor did wrong. */
export type Outcome =
  | { readonly status: "success"; readonly outputs: readonly OutputRecord[] }
  | { readonly status: "error"; readonly error: EnvelopeError };

/** The folder that is a run's `/artifacts/`. */
export function runFolderOf({ place, invocation }: LocalRun): string {
  return join(place.runsDir, runFolderName(invocation.executionId));
}

/** Sends the run, waits for its answer and takes its outputs into the store. Only outages throw. */
export async function carryOut(
  run: LocalRun,
  means: RunMeans,
): Promise<Outcome> {
  means.onPhase("run");
  const response = await send(run, means);
  if (response.status === "success") means.onPhase("collect");
  return response.status === "error" ? response : await collect(run, means);
}

async function send(
  { invocation, mode, processor, place }: LocalRun,
  { transport, signal, onEvent }: RunMeans,
): Promise<TransportResponse> {
  const { executionId, writePrefix, inputs, adapterOpts } = invocation;
  const { timeoutS = processor.entry.runtime.timeoutS } = adapterOpts;
  try {
    return await transport.run({
      url: place.url,
      token: place.token,
      executionId,
      mode,
      inputs: inputs.payload,
      writePrefix,
      timeoutS,
      graceMs: GRACE,
    }, { signal, onEvent });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    if (isEndOfRun(error)) return { status: "error", error: told(error) };
    throw place.explain(error);
  }
}

async function collect(
  run: LocalRun,
  { store }: RunMeans,
): Promise<Outcome> {
  const { executionId, writePrefix } = run.invocation;
  const { entry } = run.processor;
  const options = { store, executionId, writePrefix, entry };
  try {
    const outputs = await collectOutputs(runFolderOf(run), options);
    return { status: "success", outputs };
  } catch (error) {
    // What is wrong with outputs is the processor's doing; only the store is ours.
    if (!(error instanceof Failure) || error.code === "ERR_STORE") throw error;
    return { status: "error", error: told(error) };
  }
}

/** Whether the run itself ended by it, in contrast to an outage. */
function isEndOfRun({ code }: Failure): boolean {
  return code === "ERR_RUN_TIMEOUT" || code === "ERR_PREEMPTED";
}

function told({ code, message, details }: Failure): EnvelopeError {
  return { code, message, ...(details === undefined ? {} : { details }) };
}

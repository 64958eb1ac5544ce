import { findAttachmentFiles } from "./attachment_files.ts";
import { eventTeller } from "./event_teller.ts";
import type { Log } from "./log.ts";
import { memoryLimit, watchMemory } from "./memory_watch.ts";
import type { AttachmentFile, WrittenOutput } from "./messages.ts";
import { openRetirement } from "./retirement.ts";
import type { Retirement } from "./retirement.ts";
import { ofFailure } from "./run_error.ts";
import {
  folderOf,
  hasFolder,
  prepareFolder,
  removeFolder,
} from "./run_folder.ts";
import type { RunRequest } from "./run_request.ts";
import { Failure } from "./schemas.ts";
import type {
  Entry,
  EnvelopeError,
  RunEvent,
  ServerConfig,
} from "./schemas.ts";
import { settle } from "./settle_run.ts";
import { openBench } from "./worker_bench.ts";
import type { Bench, Seat } from "./worker_bench.ts";
import { watchRun } from "./watch_run.ts";

/** Runs the handler, one Worker per run. */
export interface RunHost {
  /** Starts a Worker, to have one ready for the first run. Starting it holds up whatever else there is to do. */
  prepare(): void;
  /** Answers how the run ended; never rejects. */
  execute(request: RunRequest, hooks: RunHostHooks): Promise<RunOutcome>;
  /** Removes the folder of a run that nobody will collect, unless a run of that id goes on. */
  discard(executionId: string): Promise<void>;
  /**
   * Resolves with the reason when the host is of no more use: a handler could not be stopped, which goes
   * on computing until the process ends, or the memory is used up. From then on new runs are refused; in
   * the former case those that go on are waited for first.
   */
  readonly retired: Promise<string>;
  /** Why it takes no new runs; undefined when it does. */
  readonly retiring: () => string | undefined;
  /** Ends the Worker that waits, and resolves when no run goes on. Cancelling them is their callers'. */
  close(): Promise<void>;
}

export interface RunHostHooks {
  /** Aborting it cancels the run. */
  readonly signal: AbortSignal;
  /** Aborted, before `signal` or later, when a cancelled run has no grace period. */
  readonly atOnce?: AbortSignal;
  /** Aborted when the server ends, which cancels the run as well and leaves it less time. */
  readonly ending: AbortSignal;
  /** Called when the request was accepted, before the handler starts. */
  readonly onStart: () => void;
  readonly onEvent: (event: RunEvent) => void;
}

export type RunOutcome =
  | {
    readonly status: "success";
    readonly outputs: readonly WrittenOutput[];
    readonly runDir: string;
  }
  | {
    readonly status: "error";
    readonly error: EnvelopeError;
    /** The mistake is the request's: the handler was never started. */
    readonly refused: boolean;
  };

/** What a host needs to know of its server. */
export interface RunHostOptions {
  readonly config: ServerConfig;
  readonly entry: Entry;
  /** Values of the declared secrets that are set, by name. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly log: Log;
}

/** Opens a host, which has no Worker ready yet. */
export function openRunHost(options: RunHostOptions): RunHost {
  const bench = openBench(options);
  const active = new Map<string, Promise<RunOutcome>>();
  const retirement = openRetirement(options);
  const watch = watchMemory(
    memoryLimit(options.entry.runtime.memoryGb),
    retirement.exhaust,
  );
  const means = { options, bench, retirement };
  const run = async (request: RunRequest, hooks: RunHostHooks) => {
    const stopLooking = watch.look();
    try {
      const seat = await takeSeat(request, { ...means, hooks });
      return await runOn(seat, request, { ...means, hooks });
    } catch (error) {
      return refusal(asFailure(error, options.log));
    } finally {
      stopLooking();
      active.delete(request.executionId);
      if (active.size === 0) retirement.idle();
      if (retirement.reason() === undefined) bench.refill();
    }
  };
  return {
    prepare: () => bench.prepare(),
    async execute(request, hooks) {
      const id = request.executionId;
      const refused = refusedNow(id, active, { hooks, retirement });
      if (refused !== undefined) return refusal(refused);
      const running = run(request, hooks);
      active.set(id, running);
      return await running;
    },
    discard: async (id) => {
      if (!active.has(id)) await removeFolder(options.config.runsDir, id);
    },
    retired: retirement.done,
    retiring: retirement.reason,
    async close() {
      await Promise.all(active.values());
      bench.close();
    },
  };
}

function refusedNow(
  id: string,
  active: ReadonlyMap<string, unknown>,
  { hooks, retirement }: {
    readonly hooks: RunHostHooks;
    readonly retirement: Retirement;
  },
): Failure | undefined {
  if (active.has(id)) return inUse(id);
  const why = hooks.ending.aborted ? "it was told to end" : retirement.reason();
  if (why === undefined) return undefined;
  return new Failure(
    "ERR_INSTANCE_ENDING",
    `Cannot start run "${id}": the instance takes no new runs, because ${why}`,
  );
}

/** What one run takes. */
interface RunMeans {
  readonly options: RunHostOptions;
  readonly bench: Bench;
  readonly retirement: Retirement;
  readonly hooks: RunHostHooks;
}

/** A seat and what comes with its run. */
interface RunSeat extends Seat {
  readonly attachments: readonly AttachmentFile[];
  /** Tells what of the events was held back. */
  readonly lastEvents: () => void;
}

async function takeSeat(
  request: RunRequest,
  { options, bench, hooks }: RunMeans,
): Promise<RunSeat> {
  if (request.mode === "real") requireSecrets(options);
  const { objectsDir, runsDir } = options.config;
  const runDir = folderOf(runsDir, request.executionId);
  const places = { objectsDir, runDir };
  const attachments = await findAttachmentFiles(request.params, places);
  const { tell: onEvent, end: lastEvents } = eventTeller(
    request,
    options,
    hooks.onEvent,
  );
  const plain = request.mode === "mock" && attachments.length === 0 &&
    !hasFolder(runDir);
  if (plain) {
    const seat = bench.takeWarm(request.executionId, onEvent);
    return { ...seat, attachments, lastEvents };
  }
  await prepareFolder(runDir);
  const files = attachments.map((each) => each.file);
  const seat = bench.open(runDir, { mode: request.mode, files, onEvent });
  return { ...seat, attachments, lastEvents };
}

async function runOn(
  seat: RunSeat,
  request: RunRequest,
  { options, hooks, retirement }: RunMeans,
): Promise<RunOutcome> {
  hooks.onStart();
  const { worker, workDir, attachments } = seat;
  const running = worker.run({
    ref: options.config.ref,
    executionId: request.executionId,
    mode: request.mode,
    params: request.params,
    writePrefix: request.writePrefix,
    outputs: options.entry.outputs,
    secrets: request.mode === "real" ? options.secrets : {},
    runDir: workDir,
    attachments,
  });
  const { timeoutMs, graceMs } = request;
  const { signal, atOnce, ending } = hooks;
  const result = await watchRun(running, {
    worker,
    timeoutMs,
    graceMs,
    signal,
    atOnce,
    ending,
    exhausted: retirement.exhausted,
    onStuck: () =>
      atOnce?.aborted
        ? retirement.runaway(request.executionId)
        : retirement.stuck(request.executionId),
  });
  const runDir = seat.leave();
  seat.lastEvents();
  return await settle(result, { request, options, runDir });
}

function requireSecrets({ entry, secrets, config }: RunHostOptions): void {
  const missing = entry.secrets.required.filter((name) =>
    !Object.hasOwn(secrets, name)
  );
  if (missing.length === 0) return;
  throw new Failure(
    "ERR_MISSING_SECRET",
    `Cannot run "${config.ref}" in real: ${missing.join(", ")} missing`,
  );
}

function inUse(id: string): Failure {
  return new Failure(
    "ERR_INPUTS",
    `Cannot start run "${id}": a run of that id is going on`,
  );
}

function refusal(failure: Failure): RunOutcome {
  return { status: "error", error: ofFailure(failure), refused: true };
}

function asFailure(error: unknown, log: Log): Failure {
  if (error instanceof Failure) return error;
  const stack = error instanceof Error
    ? error.stack ?? error.message
    : `${error}`;
  log("error", "server.bug", { stack });
  return new Failure("ERR_INTERNAL", "Cannot run the handler: see the log");
}

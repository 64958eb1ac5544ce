import { findAttachmentFiles } from "./attachment_files.ts";
import type { Log } from "./log.ts";
import type {
  AttachmentFile,
  WorkerResult,
  WrittenOutput,
} from "./messages.ts";
import { ofFailure } from "./run_error.ts";
import { folderOf, hasFolder, prepareFolder } from "./run_folder.ts";
import type { RunRequest } from "./run_request.ts";
import { Failure, redactJson, redactor } from "./schemas.ts";
import type {
  Entry,
  EnvelopeError,
  JsonObject,
  RunEvent,
  ServerConfig,
} from "./schemas.ts";
import { openBench } from "./worker_bench.ts";
import type { Bench, Seat } from "./worker_bench.ts";
import { watchRun } from "./watch_run.ts";

/** Runs the handler, one Worker per run. */
export interface RunHost {
  /** Answers how the run ended; never rejects. */
  execute(request: RunRequest, hooks: RunHostHooks): Promise<RunOutcome>;
  /** Ends the Worker that waits. Runs that go on are their callers' to cancel. */
  close(): void;
}

export interface RunHostHooks {
  /** Aborting it cancels the run. */
  readonly signal: AbortSignal;
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

/** Opens a host; it starts a Worker at once, to have one ready. */
export function openRunHost(options: RunHostOptions): RunHost {
  const bench = openBench(options);
  const active = new Set<string>();
  return {
    async execute(request, hooks) {
      const id = request.executionId;
      if (active.has(id)) return refusal(inUse(id));
      active.add(id);
      try {
        const seat = await takeSeat(request, { options, bench, hooks });
        return await runOn(seat, request, { options, hooks });
      } catch (error) {
        return refusal(asFailure(error, options.log));
      } finally {
        active.delete(id);
        refill(bench, options.log);
      }
    },
    close: bench.close,
  };
}

/** Without a warm seat the next run starts later, that is all. */
function refill(bench: Bench, log: Log): void {
  try {
    bench.refill();
  } catch (error) {
    log("warn", "server.cold", { reason: `${error}` });
  }
}

async function takeSeat(
  request: RunRequest,
  { options, bench, hooks }: {
    readonly options: RunHostOptions;
    readonly bench: Bench;
    readonly hooks: RunHostHooks;
  },
): Promise<Seat & { readonly attachments: readonly AttachmentFile[] }> {
  if (request.mode === "real") requireSecrets(options);
  const { objectsDir, runsDir } = options.config;
  const runDir = folderOf(runsDir, request.executionId);
  const places = { objectsDir, runDir };
  const attachments = await findAttachmentFiles(request.params, places);
  const onEvent = eventTeller(request, options, hooks);
  const plain = request.mode === "mock" && attachments.length === 0 &&
    !await hasFolder(runDir);
  if (plain) return { ...bench.takeWarm(runDir, onEvent), attachments };
  await prepareFolder(runDir);
  const files = attachments.map((each) => each.file);
  const seat = bench.open(runDir, { mode: request.mode, files, onEvent });
  return { ...seat, attachments };
}

async function runOn(
  seat: Seat & { readonly attachments: readonly AttachmentFile[] },
  request: RunRequest,
  { options, hooks }: {
    readonly options: RunHostOptions;
    readonly hooks: RunHostHooks;
  },
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
  const { timeoutMs, executionId: execution_id } = request;
  const { signal } = hooks;
  // A thread that computes without a pause cannot be ended: it lasts as long as the server.
  const onStuck = () => options.log("error", "handler.stuck", { execution_id });
  const limits = { worker, timeoutMs, signal, onStuck };
  const result = await watchRun(running, limits);
  const runDir = await seat.leave();
  return settle(result, { request, options, runDir });
}

function settle(
  result: WorkerResult,
  { request, options, runDir }: {
    readonly request: RunRequest;
    readonly options: RunHostOptions;
    readonly runDir: string;
  },
): RunOutcome {
  if (result.ok) return { status: "success", outputs: result.outputs, runDir };
  const { code, message } = result.error;
  const execution_id = request.executionId;
  const stack = result.stack === undefined ? {} : { stack: result.stack };
  options.log("error", "handler.error", {
    execution_id,
    code,
    message,
    ...stack,
  });
  const error = request.mode === "real"
    ? redactError(result.error, options)
    : result.error;
  return { status: "error", error, refused: false };
}

function redactError(
  error: EnvelopeError,
  { secrets }: RunHostOptions,
): EnvelopeError {
  const redact = redactor(Object.values(secrets));
  const { details } = error;
  return {
    code: error.code,
    message: redact(error.message),
    ...(details === undefined ? {} : { details: redactJson(details, redact) }),
  };
}

/** Mock runs hold no secret, and must say the same on every machine: only real ones are redacted. */
function eventTeller(
  { executionId, mode }: RunRequest,
  { secrets, log }: RunHostOptions,
  { onEvent }: RunHostHooks,
): (event: RunEvent) => void {
  const redact = redactor(mode === "real" ? Object.values(secrets) : []);
  return (event) => {
    const content = redactJson(event.content, redact) as JsonObject;
    if (event.kind === "Log") {
      log("info", "handler.log", { ...content, execution_id: executionId });
    }
    onEvent({ ...event, content } as RunEvent);
  };
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

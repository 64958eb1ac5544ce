import { Failure, join } from "../../schemas/mod.ts";
import type { Container } from "../containers/docker_api.ts";
import { linesByStream } from "../containers/demultiplex.ts";
import { engineFailure } from "../containers/engine_failure.ts";
import { unlessGone } from "../containers/remove_made.ts";
import { statusOf } from "../images/engine_error.ts";
import { unlessHanging } from "../containers/unless_hanging.ts";
import { after } from "../after.ts";
import type { Transport, TransportHooks, TransportRequest } from "../ports.ts";
import { timers } from "../transports/timers.ts";
import { whenEnded } from "../transports/when_ended.ts";
import { cancelled, tookTooLong } from "../transports/websocket_failures.ts";
import type { ProgramEnd } from "./program_end.ts";
import { refusesId, responseOf } from "./program_end.ts";
import { type ProgramLines, programLines } from "./program_lines.ts";

/** What the transport takes of the place of one run. */
export interface ProgramParts {
  /** Folder of this machine with the inputs, and the older place for outputs. */
  readonly workDir: string;
  /** Makes a container and starts it. */
  readonly begin: (
    request: TransportRequest,
    manner: BeginManner,
  ) => Promise<Container>;
  /** Removes one, whatever it does. */
  readonly remove: (container: Container) => Promise<void>;
  /** Values that are hidden in what it prints. */
  readonly secrets: readonly string[];
}

export interface BeginManner {
  /** Whether the id of the run is among its arguments. */
  readonly withId: boolean;
  /** Aborted when it is not wanted any more: what was made is to be removed. */
  readonly signal: AbortSignal;
}

/** Milliseconds for a container to be gone after it was killed. */
const KILL_WITHIN = 10_000;

/**
 * The `file` transport (protocols.md 1): a program in a container of its own, which reads its inputs from a file, writes
 * its outputs as files and tells how it went by its exit code. A cancel, and the end of the time, end it by SIGTERM
 * and, past the grace period, by SIGKILL; the container is always removed.
 */
export function fileTransport(parts: ProgramParts): Transport {
  return {
    async run(request, hooks) {
      const limit = new AbortController();
      const over = tookTooLong(request);
      const stop = after(request.timeoutS * 1000, () => limit.abort(over));
      const signal = AbortSignal.any([hooks.signal, limit.signal]);
      const why = () => signal.reason === over ? over : cancelled(request);
      const run = { ...parts, ...hooks, request, signal, why };
      try {
        if (signal.aborted) throw why();
        await writeInputs(request, parts);
        const first = await attempt(run, true);
        const end = refusesId(first) ? await attempt(run, false) : first;
        return responseOf(request, end);
      } finally {
        stop();
      }
    },
  };
}

/** One run, and what ends it before its time. */
interface ProgramRun extends ProgramParts, TransportHooks {
  readonly request: TransportRequest;
  /** Why it was ended, once the signal is aborted. */
  readonly why: () => Failure;
}

async function writeInputs(
  { inputs, mode }: TransportRequest,
  { workDir }: ProgramParts,
): Promise<void> {
  await Deno.mkdir(join(workDir, "out"), { recursive: true });
  const text = JSON.stringify({ ...inputs, mode });
  await Deno.writeTextFile(join(workDir, "inputs.json"), text);
}

async function attempt(
  run: ProgramRun,
  withId: boolean,
): Promise<ProgramEnd> {
  const container = await begun(run, withId);
  run.onWait?.();
  try {
    return await watched(container, run);
  } finally {
    await run.remove(container);
  }
}

/** A container that was started; one that an engine makes too late is removed. */
async function begun(
  { request, begin, remove, signal, why }: ProgramRun,
  withId: boolean,
): Promise<Container> {
  const making = begin(request, { withId, signal });
  try {
    return await unlessHanging(making, { signal, failure: why });
  } catch (error) {
    making.then(remove).catch(() => {});
    throw signal.aborted ? why() : broken(request, error);
  }
}

async function watched(
  container: Container,
  { request, why, onEvent, secrets, ...hooks }: ProgramRun,
): Promise<ProgramEnd> {
  const { signal } = hooks;
  const limits = timers();
  const over = Promise.withResolvers<never>();
  over.promise.catch(() => {});
  const unlisten = whenEnded(hooks, ({ atOnce }) => {
    const kill = (signal: string) =>
      unlessGone(() => container.kill({ signal })).catch(() => {});
    const graceMs = atOnce ? 0 : request.graceMs;
    if (!atOnce) void kill("SIGTERM");
    limits.start("grace", graceMs, () => void kill("SIGKILL"));
    const late = graceMs + KILL_WITHIN;
    limits.start("late", late, () => over.reject(why()));
  });
  try {
    const ended = ending(container, programLines(onEvent), secrets);
    const result = await Promise.race([ended, over.promise]);
    if (signal.aborted) throw why();
    return result;
  } catch (error) {
    throw signal.aborted ? why() : broken(request, error);
  } finally {
    unlisten();
    limits.clear();
  }
}

/** Waits for the end of a container, and for what it printed. */
async function ending(
  container: Container,
  lines: ProgramLines,
  secrets: readonly string[],
): Promise<ProgramEnd> {
  const log = await container.logs({
    stdout: true,
    stderr: true,
    follow: true,
  });
  const told = (async () => {
    for await (const line of linesByStream(log, secrets)) {
      lines.take(line);
    }
  })();
  told.catch(() => {});
  const { StatusCode } = await container.wait();
  await told;
  const { State } = await container.inspect();
  return {
    exitCode: StatusCode,
    outOfMemory: State.OOMKilled === true,
    stderr: lines.stderr,
  };
}

/** Why it is not known how a container went on. */
function broken({ executionId }: TransportRequest, error: unknown): unknown {
  if (error instanceof Failure || error instanceof Deno.errors.NotCapable) {
    return error;
  }
  if (statusOf(error) === 404) {
    return new Failure(
      "ERR_INSTANCE_DIED",
      `Cannot finish "${executionId}": its container was removed`,
      { cause: error },
    );
  }
  return engineFailure(error);
}

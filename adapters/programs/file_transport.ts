import type { Redact } from "../../schemas/mod.ts";
import { Failure, join } from "../../schemas/mod.ts";
import type { Container } from "../containers/docker_api.ts";
import { linesByStream } from "../containers/demultiplex.ts";
import { engineFailure } from "../containers/engine_failure.ts";
import { unlessGone } from "../containers/remove_made.ts";
import { statusOf } from "../images/engine_error.ts";
import type {
  InvokeHooks,
  Transport,
  TransportRequest,
  TransportResponse,
} from "../ports.ts";
import { timers } from "../transports/timers.ts";
import { cancelled, tookTooLong } from "../transports/websocket_failures.ts";
import type { ProgramEnd } from "./program_end.ts";
import { refusesId, responseOf } from "./program_end.ts";
import { type ProgramLines, programLines } from "./program_lines.ts";

/** What the transport takes of the place of one run. */
export interface ProgramParts {
  /** Folder of this machine with the inputs, and the older place for outputs. */
  readonly workDir: string;
  /** Makes a container and starts it; with the id of the run in its arguments, or without. */
  readonly begin: (
    request: TransportRequest,
    withId: boolean,
  ) => Promise<Container>;
  /** Removes one, whatever it does. */
  readonly remove: (container: Container) => Promise<void>;
  /** Takes out what must not be seen of what it prints. */
  readonly redact: Redact;
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
      if (hooks.signal.aborted) throw cancelled(request);
      await writeInputs(request, parts);
      const begun = performance.now();
      const first = await attempt(request, hooks, { ...parts, withId: true });
      if (!refusesId(first)) return settle(request, first);
      const spentMs = performance.now() - begun;
      const rest = {
        ...request,
        timeoutS: request.timeoutS - spentMs / 1000,
      };
      const second = await attempt(rest, hooks, { ...parts, withId: false });
      return settle(request, second);
    },
  };
}

function settle(
  request: TransportRequest,
  end: ProgramEnd,
): TransportResponse {
  return responseOf(request, end);
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
  request: TransportRequest,
  hooks: InvokeHooks,
  { withId, begin, remove, redact }: ProgramParts & {
    readonly withId: boolean;
  },
): Promise<ProgramEnd> {
  const container = await begin(request, withId);
  hooks.onWait?.();
  try {
    return await watched(container, request, { ...hooks, redact });
  } finally {
    await remove(container);
  }
}

async function watched(
  container: Container,
  request: TransportRequest,
  { signal, onEvent, redact }: InvokeHooks & Pick<ProgramParts, "redact">,
): Promise<ProgramEnd> {
  const limits = timers();
  const over = Promise.withResolvers<never>();
  over.promise.catch(() => {});
  let why: Failure | undefined;
  const end = (failure: Failure) => {
    if (why !== undefined) return;
    why = failure;
    const kill = (signal: string) =>
      unlessGone(() => container.kill({ signal })).catch(() => {});
    void kill("SIGTERM");
    limits.start("grace", request.graceMs, () => void kill("SIGKILL"));
    const late = request.graceMs + KILL_WITHIN;
    limits.start("late", late, () => over.reject(failure));
  };
  const onAbort = () => end(cancelled(request));
  signal.addEventListener("abort", onAbort, { once: true });
  if (signal.aborted) onAbort();
  const wholeMs = Math.max(0, request.timeoutS * 1000);
  limits.start("whole", wholeMs, () => end(tookTooLong(request)));
  try {
    const ended = ending(container, programLines({ onEvent, redact }));
    const result = await Promise.race([ended, over.promise]);
    if (why !== undefined) throw why;
    return result;
  } catch (error) {
    throw why ?? broken(request, error);
  } finally {
    signal.removeEventListener("abort", onAbort);
    limits.clear();
  }
}

/** Waits for the end of a container, and for what it printed. */
async function ending(
  container: Container,
  lines: ProgramLines,
): Promise<ProgramEnd> {
  const log = await container.logs({
    stdout: true,
    stderr: true,
    follow: true,
  });
  const told = (async () => {
    for await (const line of linesByStream(log)) lines.take(line);
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

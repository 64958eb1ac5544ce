import type {
  Journal,
  NewRun,
  OpenRun,
  RunStatus,
} from "../../adapters/mod.ts";
import { type Envelope, exitOf, Failure } from "../../schemas/mod.ts";
import { asFailure, exitFor } from "../conclude.ts";
import { printable } from "../printable.ts";
import { refusal } from "../refusal.ts";
import type { World } from "../world.ts";
import { type RunRecorder, runRecorder } from "./run_recorder.ts";

export interface RecordedParts {
  readonly journal: Journal;
  readonly world: World;
  /** When the command began, on the clock that only grows. */
  readonly startedMs: number;
}

/**
 * Does what a run is with a record of it in the journal: begun before, settled after, whatever the end. Answers
 * the exit code of `work`, or throws what it threw. A run whose end cannot be recorded keeps its exit code.
 */
export async function recorded(
  run: NewRun,
  { journal, world, startedMs }: RecordedParts,
  work: (recorder: RunRecorder) => Promise<number>,
): Promise<number> {
  try {
    const open = await journal.begin(run, world.interrupted);
    const recorder = runRecorder(open, {
      clock: world.clock,
      startedMs,
      warn: (error) => warn("Cannot keep the inputs of the run", error, world),
    });
    try {
      const exit = await work(recorder);
      await settle(recorder, { open, exit: actual(exit, world), world });
      return exit;
    } catch (error) {
      const failure = endOf(error, world);
      await recorder.answered(refusal(failure, run.execution_id));
      const exit = actual(exitFor(failure, world), world);
      await settle(recorder, { open, exit, world });
      throw failure;
    }
  } finally {
    journal.close();
  }
}

/** What ended the run: when it was killed, not what came of that. */
function endOf(error: unknown, world: World): Failure {
  return world.killed.aborted
    ? new Failure("ERR_INTERRUPTED", "Interrupted", { cause: error })
    : asFailure(error, world);
}

/** The code that the process exits with. */
function actual(exit: number, { killed }: World): number {
  return killed.aborted ? Number(killed.reason) : exit;
}

/** Never fails: what a run came to does not depend on its record. */
async function settle(
  recorder: RunRecorder,
  { open, exit, world }: {
    readonly open: OpenRun;
    readonly exit: number;
    readonly world: World;
  },
): Promise<void> {
  try {
    const record = await recorder.end();
    await open.settle({
      ...record,
      status: statusOf(record.envelope),
      ended_at: new Date(world.clock.now()).toISOString(),
      exit_code: exit,
    });
  } catch (error) {
    warn("Cannot record how the run ended", error, world);
  }
}

/** The run goes on, or has ended, as it would have otherwise. */
function warn(what: string, error: unknown, world: World): void {
  const { code, message } = asFailure(error, world);
  world.stderr.write(`warning ${code} ${what}: ${printable(message)}\n`);
}

/** How a run ended, by its answer. */
function statusOf(envelope: Envelope | undefined): RunStatus {
  if (envelope?.status !== "error") return "success";
  const { code } = envelope.error;
  if (code === "ERR_PREEMPTED" || code === "ERR_INTERRUPTED") {
    return "cancelled";
  }
  return exitOf(code) === 7 ? "timeout" : "error";
}

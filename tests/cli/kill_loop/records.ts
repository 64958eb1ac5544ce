import type { RunRecord } from "../../../adapters/mod.ts";
import { exitOf } from "../../../schemas/mod.ts";
import type { Round } from "./choose.ts";
import type { Ground } from "./ground.ts";
import { ordinary, type Played } from "./play.ts";

/** Everything that is recorded. */
export async function recordsOn(ground: Ground): Promise<readonly RunRecord[]> {
  const args = ["runs", "list", "--limit", "100000", "--json"];
  return JSON.parse(await ordinary(args, ground)).runs;
}

/** Whether a record is that of a round. */
export function isOf({ id }: Round): (record: RunRecord) => boolean {
  return ({ execution_id }) => execution_id === id;
}

/**
 * What is wrong with the records, in words: a run has at most one, and exactly one when it was killed after
 * that, which says how it ended.
 */
export function untrueRecords(
  played: readonly Played[],
  records: readonly RunRecord[],
): readonly string[] {
  const known = new Set(records.map(({ execution_id }) => execution_id));
  return [
    ...records.filter(({ status }) => status === "running")
      .map(({ execution_id }) => `record ${execution_id} is still running`),
    ...(known.size === records.length ? [] : ["a run has two records"]),
    ...played.flatMap((each) => untrue(each, records.find(isOf(each.round)))),
  ];
}

function untrue(
  played: Played,
  record: RunRecord | undefined,
): readonly string[] {
  const { round: { id, command, from }, stdout } = played;
  if (command === "start") return [];
  if (record === undefined) {
    // Interrupted before there was anything to record, it may have answered all the same.
    const early = from === "process" &&
      (stdout === "" || stdout.includes("ERR_INTERRUPTED"));
    return early ? [] : [`run ${id} has no record`];
  }
  const told = [
    ...record.status === "died"
      ? untrueDeath(record)
      : untrueEnd(played, record),
    ...unlike(played, record),
    ...from === "record" ? unexpected(played, record) : [],
  ];
  return told.map((each) =>
    `record ${id} ${each}: ${
      JSON.stringify(record)
    }; the run said exit ${played.code}, ${stdout}`
  );
}

/** Nobody was there to see its end; how far it got is known. */
function untrueDeath({ phase, exit_code, ended_at, timings_ms }: RunRecord) {
  return [
    ...exit_code === undefined ? [] : ["of a death has an exit code"],
    ...ended_at === undefined ? ["of a death has no time"] : [],
    ...phase === undefined || timings_ms === undefined
      ? ["of a death does not say how far it got"]
      : [],
  ];
}

/** Status, envelope and exit code of an end say the same. */
function untrueEnd(
  { round }: Played,
  { status, envelope, exit_code, ended_at }: RunRecord,
) {
  if (ended_at === undefined) return ["has no end"];
  if (status === "success") {
    return envelope?.status === "success" ? [] : ["of success has no outputs"];
  }
  if (envelope?.status !== "error") return [`of ${status} has no error`];
  const { code } = envelope.error;
  const cancelled = ["ERR_PREEMPTED", "ERR_INTERRUPTED"].includes(code);
  // A server that is told to end cancels its runs; their commands were sent no signal.
  const signals = round.kill?.who === "server" ? [1] : [129, 130, 143];
  const signalled = signals.includes(exit_code ?? 0);
  const right = status === "cancelled"
    ? cancelled && signalled
    : status === "timeout"
    ? exitOf(code) === 7 && exit_code === 7
    : !cancelled && exit_code !== 0;
  return right ? [] : [`of ${status} has another error`];
}

/** What the run said is what is recorded. */
function unlike({ round: { kill }, code, stdout }: Played, record: RunRecord) {
  const same = stdout === "" ||
    JSON.stringify(record.envelope) === stdout.trimEnd();
  // Killed after its record was closed, it could not exit with what is there.
  const sudden = kill?.who === "command" &&
    ["SIGKILL", "twice"].includes(kill.signal);
  const exits = record.status === "died" || record.exit_code === code ||
    sudden && code >= 128;
  return [
    ...same ? [] : ["has another envelope"],
    ...exits ? [] : ["has another exit code"],
  ];
}

/** A run that was killed after it was recorded ended by that, unless it had ended before. */
function unexpected({ round, code }: Played, record: RunRecord) {
  const { status, exit_code } = record;
  const allowed = statusesAfter(round);
  const signal = status === "cancelled" && exit_code !== code;
  return [
    ...allowed.includes(status) ? [] : [`is none of ${allowed.join(", ")}`],
    ...signal ? ["was cancelled by another signal"] : [],
  ];
}

function statusesAfter(round: Round): readonly string[] {
  const { kill, handler } = round;
  // It may have come to its own end first.
  const own = handler === "spin"
    ? ["timeout"]
    : handler === "hoard"
    ? ["error"]
    : [];
  return [...statusesByKill(round), ...kill === undefined ? [] : own];
}

function statusesByKill({ kill, handler }: Round): readonly string[] {
  if (kill === undefined) return [handler === "spin" ? "timeout" : "error"];
  // A server that was not there yet could not be killed, and nobody ended what waits.
  if (kill.who === "server") {
    const ends = ["error", "success", "timeout"];
    return kill.signal === "SIGKILL" ? ends : [...ends, "cancelled"];
  }
  if (kill.signal === "SIGKILL") return ["died", "success"];
  if (kill.signal === "twice") return ["died", "cancelled"];
  return ["cancelled", "success"];
}

import type { Moment, Round } from "../../cli/kill_loop/choose.ts";
import { chooseRounds } from "../../cli/kill_loop/choose.ts";
import { leftovers } from "../../cli/kill_loop/leftovers.ts";
import type { Played } from "../../cli/kill_loop/play.ts";
import { ordinary, ordinaryRun, runArgs } from "../../cli/kill_loop/play.ts";
import { isOf, recordsOn, untrueRecords } from "../../cli/kill_loop/records.ts";
import { hasRun } from "../../adapters/journal_fixture.ts";
import type { TestEngine } from "../each_engine.ts";
import { type LoopGround, loopGround, REFS } from "./loop_ground.ts";

/** What many kills came to. */
export interface LoopReport {
  /** What should not be, in words. */
  readonly wrong: readonly string[];
  readonly records: Readonly<Record<string, number>>;
  /** Milliseconds from each kill until its run was gone, in order of length. */
  readonly goneMs: readonly number[];
}

export interface ContainerLoop {
  readonly count: number;
  readonly seed: number;
  /** From when the moments count; from the record on, every run must have one. */
  readonly from: Moment;
  readonly onRound?: (played: Played) => void;
}

/** Kills runs on containers at random moments, and starts of them; then looks at what is left. */
export async function containerLoop(
  engine: TestEngine,
  { count, seed, from, onRound = () => {} }: ContainerLoop,
): Promise<LoopReport> {
  await using ground = await loopGround(engine);
  const played: Played[] = [];
  for (const [i, round] of chooseRounds(count, seed, from).entries()) {
    const each = await play(asRound(round, i), ground);
    onRound(each);
    played.push(each);
  }
  // What was killed may have left folders, which the next command removes.
  await ordinary(startArgs(), ground);
  await ordinaryRun("last", ground);
  await ordinary(["localctl", "stop", "--all"], ground);
  const records = await recordsOn(ground);
  const statuses = played.filter(({ round }) => round.command === "run")
    .map(({ round }) => records.find(isOf(round))?.status ?? "none");
  return {
    wrong: [
      ...(await ground.containers()).map((id) => `container ${id} is left`),
      ...(await ground.networks()).map((id) => `network ${id} is left`),
      ...await leftovers(played, ground),
      ...untrueRecords(played, records),
    ],
    records: Object.fromEntries(
      [...new Set(statuses)].map((status) => [
        status,
        statuses.filter((each) => each === status).length,
      ]),
    ),
    goneMs: played.flatMap(({ goneMs }) => goneMs ?? [])
      .sort((a, b) => a - b),
  };
}

/** Rounds of containers: handlers that wait, or are ended by their time; the command is who is killed. */
function asRound(round: Round, index: number): Round {
  const spin = round.kill === undefined;
  const signal = round.kill?.signal ?? "SIGKILL";
  return {
    ...round,
    id: `c${index}`,
    handler: spin ? "spin" : "wait",
    kill: spin ? undefined : { who: "command", signal: sent(signal) },
    // Containers take their time to begin.
    afterMs: round.afterMs * 3,
  };
}

function sent(signal: Deno.Signal | "twice"): Deno.Signal {
  return signal === "twice" || signal === "SIGHUP" ? "SIGKILL" : signal;
}

function startArgs(): readonly string[] {
  return ["localctl", "start", "--ref", REFS.server, "--registry", "registry"];
}

async function play(round: Round, ground: LoopGround): Promise<Played> {
  const isProgram = round.command === "run" && !round.warm;
  if (round.command === "run" && !isProgram) {
    await ordinary(startArgs(), ground);
  }
  const child = ground.command(
    round.command === "start"
      ? startArgs()
      : isProgram
      ? programArgs(round)
      : runArgs(round, ground),
  );
  await child.stdin.close();
  const output = child.output();
  const killedAt = await kill(round, child, ground);
  const { code, stdout, stderr } = await output;
  await untilGone(round, ground);
  const goneMs = killedAt && performance.now() - killedAt;
  const decoder = new TextDecoder();
  return {
    round,
    code,
    stdout: decoder.decode(stdout),
    stderr: decoder.decode(stderr),
    goneMs: round.command === "run" ? goneMs : undefined,
  };
}

function programArgs({ id, handler }: Round): readonly string[] {
  const inputs = { schema: "v1", params: { do: "wait" } };
  return [
    ...["localctl", "run", "--ref", REFS.program, "--registry", "registry"],
    ...["--execution-id", id, "--inputs-json", JSON.stringify(inputs)],
    ...["--timeout", handler === "spin" ? "500ms" : "60s", "--grace", "500ms"],
  ];
}

async function kill(
  { id, kill, from, afterMs }: Round,
  child: Deno.ChildProcess,
  { stateDir }: LoopGround,
): Promise<number | undefined> {
  if (kill === undefined || kill.signal === "twice") return undefined;
  if (from === "record") {
    while (!await hasRun(stateDir, id)) await pause(3);
  }
  await pause(afterMs);
  try {
    child.kill(kill.signal);
  } catch (error) {
    // It has ended already.
    if (error instanceof TypeError) return undefined;
    throw error;
  }
  return performance.now();
}

/** Waits until nothing of a run goes on any more: neither a container of its own, nor the run on a server. */
async function untilGone(
  { id }: Round,
  { containers, logs }: LoopGround,
): Promise<void> {
  // What was sent before a kill may arrive after it.
  await pause(50);
  for (;;) {
    const own = await containers("theory.run");
    if (own.length === 0 && !goesOn(await logs(), id)) return;
  }
}

function goesOn(log: string, id: string): boolean {
  const told = log.split("\n").filter((line) => line.includes(`"${id}"`));
  const count = (event: string) =>
    told.filter((line) => line.includes(`"${event}"`)).length;
  return count("ws.run.start") > count("ws.run.settle");
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

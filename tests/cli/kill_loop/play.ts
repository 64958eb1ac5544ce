import { hasRun } from "../../adapters/journal_fixture.ts";
import type { Round } from "./choose.ts";
import { type Ground, processesOf, serversOf } from "./ground.ts";

/** What came of one round. */
export interface Played {
  readonly round: Round;
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /**
   * Milliseconds from the kill of a server until it was gone, or of a command until no process of the round was
   * left; undefined when nobody was killed.
   */
  readonly goneMs: number | undefined;
}

const REF = ["--ref", "demo/loop@1", "--registry", "registry"] as const;

/** Plays a round: starts the command, kills, and waits until everything of it is gone. */
export async function play(round: Round, ground: Ground): Promise<Played> {
  if (round.warm) await started(ground);
  else await stopped(ground);
  const before = await serversOf(ground.stateDir);
  const child = ground.command(
    round.command === "start"
      ? ["localctl", "start", ...REF]
      // Nobody ends a run that waits for ever when the server was not there yet to be killed.
      : runArgs(round, ground, { timeout: "5s", mib: BIG_MIB }),
  );
  await child.stdin.close();
  const output = child.output();
  const killed = await kill(round, child, ground);
  const { code, stdout, stderr } = await output;
  const decoder = new TextDecoder();
  // A start that was killed too late has started an instance, which is right.
  const staying = new Set(
    round.command === "start" && code === 0
      ? await serversOf(ground.stateDir)
      : before,
  );
  await untilGone(ground, staying);
  return {
    round,
    code,
    stdout: decoder.decode(stdout),
    stderr: decoder.decode(stderr),
    goneMs: killed === undefined
      ? undefined
      : killed.goneMs ?? performance.now() - killed.at,
  };
}

/** MiB that the handler `big` writes in a round: enough that collecting and saving take a while. */
export const BIG_MIB = 64;

/** How long a run may take, and how many MiB the handler `big` writes. */
interface RunSize {
  readonly timeout?: string;
  readonly mib?: number;
}

/** The arguments of a run. */
export function runArgs(
  { id, handler }: Pick<Round, "id" | "handler">,
  { savedDir }: Ground,
  { timeout = "60s", mib = 256 }: RunSize = {},
): readonly string[] {
  const file = { $attach: "file" };
  const params = { do: handler, file, mib };
  const inputs = { schema: "v1", params };
  return [
    ...["localctl", "run", ...REF, "--execution-id", id],
    ...["--inputs-json", JSON.stringify(inputs)],
    ...["--attach", "file=attached.bin", "--save-dir", savedDir],
    ...["--timeout", handler === "spin" ? "300ms" : timeout],
    ...["--grace", "500ms"],
  ];
}

/** Kills who is to be killed; answers when, unless they are not there yet or no more. */
async function kill(
  { id, kill, from, afterMs }: Round,
  child: Deno.ChildProcess,
  ground: Ground,
): Promise<{ readonly at: number; readonly goneMs?: number } | undefined> {
  if (kill === undefined) return undefined;
  if (from === "record") await untilRecorded(id, child, ground);
  await pause(afterMs);
  const victims = kill.who === "server"
    ? await serversOf(ground.stateDir)
    : (await processesOf(ground.stateDir)).filter((pid) => pid === child.pid);
  if (victims.length === 0) return undefined;
  const at = performance.now();
  if (kill.signal === "twice") {
    send(child.pid, "SIGINT");
    await pause(250);
    send(child.pid, "SIGINT");
  } else for (const pid of victims) send(pid, kill.signal);
  if (kill.who === "command") return { at };
  while (
    (await processesOf(ground.stateDir)).some((pid) => victims.includes(pid))
  ) {
    await pause(5);
  }
  return { at, goneMs: performance.now() - at };
}

/** Waits until the journal holds the run; one that ended without is found by who looks at the records. */
async function untilRecorded(
  id: string,
  child: Deno.ChildProcess,
  { stateDir }: Ground,
): Promise<void> {
  let ended = false;
  void child.status.then(() => ended = true);
  while (!ended && !await hasRun(stateDir, id)) await pause(3);
}

function send(pid: number, signal: Deno.Signal): void {
  try {
    Deno.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

async function untilGone(
  { stateDir }: Ground,
  staying: ReadonlySet<number>,
): Promise<void> {
  for (;;) {
    const left = await processesOf(stateDir);
    if (left.every((pid) => staying.has(pid))) return;
    await pause(5);
  }
}

async function started(ground: Ground): Promise<void> {
  await ordinary(["localctl", "start", ...REF], ground);
}

async function stopped(ground: Ground): Promise<void> {
  if ((await serversOf(ground.stateDir)).length === 0) return;
  await ordinary(["localctl", "stop", "--all"], ground);
}

/** A command that nothing happens to; its standard output. */
export async function ordinary(
  args: readonly string[],
  ground: Ground,
): Promise<string> {
  const child = ground.command(args);
  await child.stdin.close();
  const { code, stdout, stderr } = await child.output();
  const decoder = new TextDecoder();
  if (code === 0) return decoder.decode(stdout);
  const said = decoder.decode(stderr);
  throw new Error(`Cannot run ${args.join(" ")}: exit ${code}\n${said}`);
}

/** An ordinary run, after which nothing of the killed ones may be left. */
export async function ordinaryRun(id: string, ground: Ground): Promise<void> {
  await ordinary(runArgs({ id, handler: "work" }, ground), ground);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

import { Buffer } from "node:buffer";
import { join } from "node:path";
import { treeOf } from "../../adapters/local_fixture.ts";
import type { Played } from "./play.ts";
import { type Ground, processesOf } from "./ground.ts";
import { BIG_MIB, ordinary } from "./play.ts";

/** Everything that is not as it should be, in words; empty is right. */
export async function leftovers(
  played: readonly Played[],
  ground: Ground,
): Promise<readonly string[]> {
  const { stateDir, savedDir } = ground;
  const processes = await processesOf(stateDir);
  const saved = await treeIfThere(savedDir);
  return [
    ...processes.map((pid) => `process ${pid} is left`),
    ...(await filesIn(stateDir, "runs")).map((name) => `runs/${name} is left`),
    ...(await filesIn(stateDir, "artifacts/tmp"))
      .map((name) => `artifacts/tmp/${name} is left`),
    ...(await filesIn(stateDir, "running"))
      .map((name) => `running/${name} is left`),
    ...saved.filter((name) => name.includes(".save-"))
      .map((name) => `saved/${name} is left`),
    ...await brokenSaves(saved, played, ground),
    ...await damagedObjects(ground),
    ...played.flatMap(wrongAnswer),
  ];
}

function filesIn(stateDir: string, name: string): Promise<readonly string[]> {
  return treeIfThere(join(stateDir, name));
}

async function treeIfThere(dir: string): Promise<readonly string[]> {
  try {
    return await treeOf(dir);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

/** Saved files are whole or absent. */
async function brokenSaves(
  saved: readonly string[],
  played: readonly Played[],
  { savedDir, attached }: Ground,
): Promise<readonly string[]> {
  const broken: string[] = [];
  const zeros = new Uint8Array(BIG_MIB * 2 ** 20);
  const big = new Set(
    played.filter(({ round }) => round.handler === "big")
      .map(({ round }) => round.id),
  );
  for (const name of saved) {
    const id = /demo_loop\/(\w+)\//.exec(name)?.[1];
    const isBig = id !== undefined && big.has(id);
    const whole = name.endsWith("echo.bin")
      ? isBig ? zeros : attached
      : name.endsWith("note.txt")
      ? new TextEncoder().encode(isBig ? "big" : `note of ${id}\n`)
      : undefined;
    if (whole === undefined) continue;
    const bytes = await Deno.readFile(join(savedDir, name));
    if (!sameBytes(bytes, whole)) broken.push(`saved/${name} is not whole`);
  }
  return broken;
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && Buffer.compare(a, b) === 0;
}

async function damagedObjects(ground: Ground): Promise<readonly string[]> {
  const text = await ordinary(["artifacts", "verify", "--json"], ground);
  const { damaged }: { damaged: readonly unknown[] } = JSON.parse(text);
  return damaged.map((each) => `object ${JSON.stringify(each)} is damaged`);
}

/** Whoever was not killed at once says how it ended, once, and exits accordingly. */
function wrongAnswer({ round, code, stdout, stderr }: Played): string[] {
  const { kill, id, command } = round;
  if (command === "start") return [];
  const lines = stdout.split("\n").filter((line) => line !== "");
  if (lines.length > 1) return [`run ${id} answered ${lines.length} times`];
  const sudden = kill?.signal === "SIGKILL" && kill.who === "command" ||
    kill?.signal === "twice";
  if (lines.length === 0) {
    // Killed before it was loaded, a program cannot say anything.
    const early = stderr === "" && code >= 128;
    return sudden || early
      ? []
      : [`run ${id} said nothing, exit ${code}: ${stderr}`];
  }
  const allowed = [0, 1, 7, 9, 129, 130, 143];
  const ok = allowed.includes(code) || sudden;
  return ok ? [] : [`run ${id} ended with exit ${code}: ${lines[0]} ${stderr}`];
}

import { Failure, isObject } from "../../schemas/mod.ts";
import type { LogOptions } from "../ports.ts";
import { healthOf } from "./health.ts";
import type { SandboxParts } from "./parts.ts";
import { pause } from "./pause.ts";
import { placeOf } from "./place.ts";
import { readRecord } from "./record.ts";

/** Milliseconds between two looks at a log that is followed. */
const LOOK_EVERY = 100;
/** Looks without news before the instance is asked whether it still runs. */
const LOOKS_UNTIL_ASKED = 10;

/** Lines of the log of a ref's instance, or of the last one when none runs. */
export async function* logLines(
  parts: SandboxParts,
  ref: string,
  options: LogOptions,
): AsyncGenerator<string> {
  const { log, record } = placeOf(parts.stateDir, ref);
  using file = await openLog(log, ref);
  const reader = lineReader(file);
  const wanted = isSince(options.since);
  const now = await reader.next();
  if (!options.follow) now.push(...reader.rest());
  yield* lastOf(now.filter(wanted), options.tail);
  if (!options.follow) return;
  const isAlive = () => isRunning(record);
  for await (const lines of newLines(reader, isAlive, options.signal)) {
    yield* lines.filter(wanted);
  }
  yield* reader.rest().filter(wanted);
}

async function openLog(path: string, ref: string): Promise<Deno.FsFile> {
  try {
    return await Deno.open(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new Failure(
      "ERR_NOT_RUNNING",
      `Cannot show the log of "${ref}": it was never started here`,
      { hint: `localctl start --ref ${ref}` },
    );
  }
}

interface LineReader {
  /** Every complete line from where it stands to the end. */
  next(): Promise<string[]>;
  /** A last line without an end. */
  rest(): readonly string[];
}

function lineReader(file: Deno.FsFile): LineReader {
  const decoder = new TextDecoder();
  const buffer = new Uint8Array(64 * 1024);
  let text = "";
  return {
    async next() {
      const lines: string[] = [];
      for (let n; (n = await file.read(buffer)) !== null;) {
        text += decoder.decode(buffer.subarray(0, n), { stream: true });
        const parts = text.split("\n");
        text = parts.pop() ?? "";
        lines.push(...parts);
      }
      return lines;
    },
    rest: () => text === "" ? [] : [text],
  };
}

/** What is appended while the instance lives; ends when it is gone or the signal is aborted. */
async function* newLines(
  reader: LineReader,
  isAlive: () => Promise<boolean>,
  signal: AbortSignal,
): AsyncGenerator<readonly string[]> {
  let quiet = 0;
  while (!signal.aborted) {
    const asked = quiet > 0 && quiet % LOOKS_UNTIL_ASKED === 0;
    // Asked before reading, so that what it wrote last is read.
    const alive = !asked || await isAlive();
    const lines = await reader.next();
    yield lines;
    if (!alive) return;
    quiet = lines.length > 0 ? 0 : quiet + 1;
    await pause(LOOK_EVERY, signal).catch(() => {});
  }
}

async function isRunning(recordPath: string): Promise<boolean> {
  const record = readRecord(recordPath);
  return record !== undefined &&
    ["running", "ending"].includes(await healthOf(record));
}

/** Whether a line was written at a time or later; lines without a time stay. */
function isSince(since: string | undefined): (line: string) => boolean {
  if (since === undefined) return () => true;
  const from = Date.parse(since);
  return (line) => !(timeOf(line) < from);
}

function timeOf(line: string): number {
  try {
    const value: unknown = JSON.parse(line);
    const ts = isObject(value) ? value["ts"] : undefined;
    return typeof ts === "string" ? Date.parse(ts) : NaN;
  } catch {
    return NaN;
  }
}

function lastOf(
  lines: readonly string[],
  count: number | undefined,
): readonly string[] {
  if (count === undefined) return lines;
  return count <= 0 ? [] : lines.slice(-count);
}

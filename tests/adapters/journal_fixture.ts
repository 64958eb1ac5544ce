import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { sqliteJournal } from "../../adapters/mod.ts";
import { endOf, newRun, NOW } from "./journal_conformance.ts";

/** A journal and what it told the user. */
export function open(folder: string, waitMs?: number) {
  const notes: string[] = [];
  const journal = sqliteJournal({
    folder,
    now: () => NOW,
    note: (message) => notes.push(message),
    ...(waitMs === undefined ? {} : { waitMs }),
  });
  return { journal, notes };
}

/** Is not aborted. */
export function never(): AbortSignal {
  return new AbortController().signal;
}

/** Records runs that went well, `E0` and so on. */
export async function fill(folder: string, count: number): Promise<void> {
  const { journal } = open(folder);
  for (let n = 0; n < count; n++) {
    const run = await journal.begin(newRun(`key-${n}`, `E${n}`), never());
    await run.settle(endOf(run.record));
  }
  journal.close();
}

/** The command line of `journal_process.ts`. */
export function journalProcess(
  folder: string,
  args: readonly string[],
): readonly string[] {
  const script = new URL("./journal_process.ts", import.meta.url);
  const may = [`--allow-read=${folder}`, `--allow-write=${folder}`];
  const words = ["run", "--no-prompt", ...may, script.href, folder, ...args];
  return [Deno.execPath(), ...words];
}

/** A process of `journal_process.ts`. */
export function journalCommand(
  folder: string,
  args: readonly string[],
): Deno.Command {
  const [program = "", ...words] = journalProcess(folder, args);
  return new Deno.Command(program, {
    args: words,
    stdout: "piped",
    stderr: "piped",
  });
}

/** Reads until a text was there, and no further. */
export async function reads(
  stream: ReadableStream<Uint8Array>,
  text: string,
): Promise<void> {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  for (let seen = ""; !seen.includes(text);) {
    const { done, value } = await reader.read();
    if (done) throw new Error(`Cannot find "${text}": ${seen}`);
    seen += value;
  }
  await reader.cancel();
}

/** Files of a folder, without folders. */
export async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await Array.fromAsync(Deno.readDir(folder));
  return entries.filter(({ isFile }) => isFile).map(({ name }) => name).sort();
}
/** Holds the database as another program may do. */
export function lock(folder: string) {
  const db = new DatabaseSync(join(folder, "journal.db"), { timeout: 1000 });
  db.exec("BEGIN IMMEDIATE");
  const release = () => {
    if (db.isOpen) db.close();
  };
  return { release, [Symbol.dispose]: release };
}

/** Whether a run with an id that begins so is recorded; looked at from outside. */
export async function hasRun(folder: string, id: string): Promise<boolean> {
  const there = await Deno.stat(join(folder, "journal.db"))
    .then(() => true, () => false);
  if (!there) return false;
  const { journal } = open(folder);
  const found = await journal.find(id);
  journal.close();
  return found.length > 0;
}

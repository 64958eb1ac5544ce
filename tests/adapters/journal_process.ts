/**
 * A process that records runs: `FOLDER ID COUNT [END]`. Prints `begun` when its last run is recorded; with END
 * `settle` settles every run, with `wait` leaves the last one and waits to be killed.
 */
import { sqliteJournal } from "../../adapters/mod.ts";
import { endOf, newRun } from "./journal_conformance.ts";

const [folder = "", id = "", count = "1", end = "settle"] = Deno.args;
const journal = sqliteJournal({
  folder,
  now: () => new Date(),
  note: (message) => write(Deno.stderr, message),
  waitMs: 60_000,
});
for (let n = 1; n <= Number(count); n++) {
  const run = await journal.begin(
    newRun(crypto.randomUUID(), `${id}-${n}`),
    new AbortController().signal,
  );
  const running = { ...run.record, phase: "run" } as const;
  await run.note(running);
  if (n === Number(count)) write(Deno.stdout, "begun");
  if (n === Number(count) && end === "wait") {
    await new Promise(() => {
      setInterval(() => {}, 1000);
    });
  }
  await run.settle(endOf(running));
}
journal.close();

function write(stream: typeof Deno.stdout, line: string): void {
  stream.writeSync(new TextEncoder().encode(`${line}\n`));
}

import { type NewRun, type RunRecord, sqliteJournal } from "../adapters/mod.ts";
import { median } from "./measure.ts";
import { type Bar, bytesText, type Part, type Plan, timeText } from "./plan.ts";
import { commandLine, measured } from "./theoryctl.ts";

const COUNTS = [1, 100, 1000, 10_000];

/** The journal with more and more records: what recording a run takes, and listing runs. */
export async function records(plan: Plan): Promise<Part> {
  const folder = `${plan.folder}/records`;
  await Deno.mkdir(folder, { mode: 0o700 });
  const rows: (readonly string[])[] = [];
  const settles: number[] = [];
  let there = 0;
  for (const count of plan.quick ? COUNTS.slice(0, 3) : COUNTS) {
    const times = await record(folder, count - there);
    settles.push(...times.settle);
    there = count;
    const words = ["runs", "list", "--limit", "20", "--state-dir", folder];
    const args = await commandLine(words, plan.folder);
    const runs = [];
    for (let i = 0; i < 5; i++) runs.push(await measured(args, plan.folder));
    rows.push([
      `${count}`,
      median(times.begin).toFixed(2),
      median(times.settle).toFixed(2),
      ...timeText(median(runs.map(({ ms }) => ms)), plan),
      bytesText((await Deno.stat(`${folder}/journal.db`)).size),
    ]);
  }
  const settle: Bar = {
    name: "settling a record of the journal",
    found: median(settles),
    limit: 5,
    unit: "ms",
  };
  return {
    title: "Journal, by number of records",
    head: [
      "records",
      "begin ms",
      "settle ms",
      "`runs list` ms",
      "ratio",
      "size",
    ],
    rows,
    bars: [settle],
  };
}

async function record(folder: string, count: number) {
  const note = (message: string) => {
    throw new Error(message);
  };
  const journal = sqliteJournal({ folder, now: () => new Date(), note });
  const times = { begin: [] as number[], settle: [] as number[] };
  const { signal } = new AbortController();
  for (let i = 0; i < count; i++) {
    const start = performance.now();
    const run = await journal.begin(newRun(), signal);
    const begun = performance.now();
    await run.settle(ended(run.record));
    times.begin.push(begun - start);
    times.settle.push(performance.now() - begun);
  }
  journal.close();
  return times;
}

function newRun(): NewRun {
  const key = crypto.randomUUID();
  return {
    key,
    execution_id: key,
    phase: "check",
    ref: "llm/litellm@1",
    mode: "mock",
    adapter: "local",
    engine: "sandbox",
    command: ["localctl", "run", "--ref", "llm/litellm@1"],
    started_at: new Date().toISOString(),
    timings_ms: {},
    write_prefix: "/artifacts/outputs/llm_litellm/{execution_id}/",
    registry_dir: "/registry/llm/litellm/1",
    attachments: [],
    events: [],
    tokens: 0,
  };
}

function ended(record: RunRecord): RunRecord {
  const ended_at = new Date().toISOString();
  return {
    ...record,
    status: "success",
    phase: "save",
    ended_at,
    exit_code: 0,
  };
}

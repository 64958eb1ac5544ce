import assert from "node:assert/strict";
import {
  type Journal,
  type JournalMemory,
  memoryJournal,
  type RunRecord,
} from "../../../adapters/mod.ts";
import { recorded } from "../../../cli/runs/recorded.ts";
import type { RunRecorder } from "../../../cli/runs/run_recorder.ts";
import { type Envelope, Failure, type RunEvent } from "../../../schemas/mod.ts";
import { endOf, newRun } from "../../adapters/journal_conformance.ts";
import { until } from "../../adapters/sandbox_fixture.ts";
import { plainWorld } from "../plain_world.ts";

/** Does work with a record of it; answers what was recorded, each time it was noted, and what became of it. */
async function record(
  work: (
    recorder: RunRecorder,
    clock: { ms: number },
    memory: JournalMemory,
  ) => Promise<number>,
  { change = (journal) => journal, killed = new AbortController() }: {
    readonly change?: (journal: Journal) => Journal;
    readonly killed?: AbortController;
  } = {},
) {
  const memory: JournalMemory = { records: new Map(), alive: new Set() };
  const clock = { ms: 0 };
  const { world, err } = plainWorld([], {
    clock: { now: () => 1e12 + clock.ms, monotonic: () => clock.ms },
    killed: killed.signal,
  });
  const journal = change(memoryJournal(() => new Date(0), memory));
  const parts = { journal, world, startedMs: 0 };
  const result = await recorded(
    { ...newRun("a", "E1"), phase: "check" },
    parts,
    (recorder) => work(recorder, clock, memory),
  ).catch((error) => error);
  const [last] = [...memory.records.values()];
  assert.ok(last);
  return { result, last, err: err() };
}

const SUCCESS = endOf(newRun("a", "E1") as RunRecord).envelope as Envelope;

Deno.test("recorded() records each phase with its time, and the end", async () => {
  const { result, last } = await record(async (recorder, clock) => {
    clock.ms = 7;
    recorder.phase("attach");
    clock.ms = 10;
    recorder.phase("run");
    recorder.phase("run");
    clock.ms = 30.04;
    await recorder.answered(SUCCESS);
    recorder.phase("save");
    clock.ms = 31;
    return 9;
  });
  assert.equal(result, 9);
  assert.deepEqual(last.timings_ms, { check: 7, attach: 3, run: 20, save: 1 });
  assert.deepEqual([last.status, last.exit_code, last.phase], [
    "success",
    9,
    "save",
  ]);
  assert.equal(last.ended_at, new Date(1e12 + 31).toISOString());
  assert.deepEqual(last.envelope, SUCCESS);
  assert.match(last.index ?? "", /^b3:/);
});

Deno.test("recorded() tells how a run ended by the code of its error", async () => {
  const ends = {
    ERR_PREEMPTED: "cancelled",
    ERR_INTERRUPTED: "cancelled",
    ERR_RUN_TIMEOUT: "timeout",
    ERR_START_TIMEOUT: "timeout",
    ERR_PROVIDER: "error",
    ERR_OF_ITS_OWN: "error",
    ERR_NOT_RUNNING: "error",
  };
  for (const [code, status] of Object.entries(ends)) {
    const thrown = new Failure(code, "Cannot go on", { details: { n: 1 } });
    const { result, last } = await record(() => Promise.reject(thrown));
    assert.equal(result, thrown);
    assert.equal(last.status, status, code);
    assert.deepEqual(last.envelope?.status === "error" && last.envelope.error, {
      code,
      message: "Cannot go on",
      details: { n: 1 },
    });
  }
});

Deno.test("recorded() tells of a run that was killed, not of what broke by that", async () => {
  const killed = new AbortController();
  const { last } = await record(() => {
    killed.abort(143);
    return Promise.reject(new Failure("ERR_INSTANCE_DIED", "Cannot go on"));
  }, { killed });
  const { status, exit_code, envelope } = last;
  assert.deepEqual([status, exit_code], ["cancelled", 143]);
  assert.equal(
    envelope?.status === "error" && envelope.error.code,
    "ERR_INTERRUPTED",
  );
});

Deno.test("recorded() lets a run go well whose end cannot be recorded", async () => {
  const refuse = () =>
    Promise.reject(new Failure("ERR_JOURNAL", "Cannot use journal: full"));
  const { result, last, err } = await record(
    async (recorder) => {
      await recorder.answered(SUCCESS);
      return 0;
    },
    {
      change: (journal) => ({
        ...journal,
        begin: async (run, signal) => ({
          ...await journal.begin(run, signal),
          settle: refuse,
        }),
      }),
    },
  );
  assert.equal(result, 0);
  assert.equal(last.status, "running");
  assert.equal(
    err,
    "warning ERR_JOURNAL Cannot record how the run ended: Cannot use journal: full\n",
  );
});

Deno.test("recorded() does not do what cannot be recorded", async () => {
  let done = false;
  const { world } = plainWorld([]);
  const journal: Journal = {
    ...memoryJournal(() => new Date(0)),
    begin: () => Promise.reject(new Failure("ERR_JOURNAL", "Cannot")),
  };
  const parts = { journal, world, startedMs: 0 };
  await assert.rejects(
    recorded(newRun("a", "E1"), parts, () => {
      done = true;
      return Promise.resolve(0);
    }),
    { code: "ERR_JOURNAL" },
  );
  assert.equal(done, false);
});

Deno.test("recorded() notes a phase that lasts, and what is known of the end alone once that came", async () => {
  const notes: string[] = [];
  const change = (journal: Journal): Journal => ({
    ...journal,
    async begin(run, signal) {
      const open = await journal.begin(run, signal);
      return {
        ...open,
        async note(now) {
          notes.push(now.phase);
          await open.note(now);
        },
      };
    },
  });
  const { last } = await record(async (recorder) => {
    for (const phase of ["attach", "start", "run"] as const) {
      recorder.phase(phase);
    }
    await until(() => notes.length > 0);
    recorder.phase("collect");
    await recorder.answered(SUCCESS);
    recorder.phase("save");
    return 0;
  }, { change });
  await new Promise((resolve) => setTimeout(resolve, 100));
  assert.deepEqual(notes, ["run", "collect"]);
  assert.equal(last.status, "success");
  assert.equal(last.phase, "save");
});

Deno.test("recorded() keeps the last 50 events, counts tokens, and notes them as time goes by", async () => {
  const { result, last } = await record(async (recorder, clock, memory) => {
    for (let n = 0; n < 120; n++) {
      const event: RunEvent = n % 2 === 0
        ? { kind: "Event", content: { phase: "step", n } }
        : { kind: "Token", content: { text: `word ${n}` } };
      recorder.event(event);
      clock.ms += 10;
      if (n === 110) {
        await Promise.resolve();
        const [noted] = [...memory.records.values()];
        assert.ok((noted?.events.length ?? 0) > 40, "noted before the end");
      }
    }
    return 0;
  });
  assert.equal(result, 0);
  assert.equal(last.events.length, 50);
  assert.deepEqual(last.events.at(-1)?.content, { phase: "step", n: 118 });
  assert.equal(last.tokens, 60);
  assert.ok(!JSON.stringify(last).includes("word"));
});

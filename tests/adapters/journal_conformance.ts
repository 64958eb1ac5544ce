import assert from "node:assert/strict";
import type { Journal, NewRun, RunRecord } from "../../adapters/mod.ts";
import type { Cid, SuccessEnvelope } from "../../schemas/mod.ts";

/** A journal under test. */
export interface JournalUnderTest {
  readonly journal: Journal;
  /** As if the process had ended that began the runs which are not settled. */
  abandon(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

type Claim = (tested: JournalUnderTest) => Promise<void>;

/** What every journal promises. A journal's own test is one call of this. */
export function testJournal(
  name: string,
  open: () => Promise<JournalUnderTest>,
): void {
  for (const [claim, prove] of Object.entries(CLAIMS)) {
    Deno.test(`${name} ${claim}`, async () => {
      await using tested = await open();
      await prove(tested);
    });
  }
}

const CLAIMS: Readonly<Record<string, Claim>> = {
  async "begin() records a run that is going on"({ journal }) {
    const { record } = await begin(journal, "a", "E1");
    const { pid, ...known } = record;
    assert.equal(typeof pid, "number");
    assert.deepEqual(known, {
      ...newRun("a", "E1"),
      attempt: 1,
      status: "running",
    });
    assert.deepEqual(await journal.find("E1"), [record]);
    assert.deepEqual(await journal.list({ limit: 9 }), [record]);
  },

  async "note() and settle() replace what is recorded"({ journal }) {
    const run = await begin(journal, "a", "E1");
    const noted = { ...run.record, phase: "run", inputs: cid(1) } as const;
    await run.note(noted);
    assert.deepEqual(await journal.find("E1"), [noted]);
    const ended = await settle(run);
    assert.deepEqual(await journal.find("E1"), [ended]);
  },

  async "counts attempts with one execution id, and loses none"({ journal }) {
    for (const key of ["a", "b", "c"]) {
      await settle(await begin(journal, key, "same"));
    }
    await begin(journal, "d", "same");
    await begin(journal, "e", "other");
    const found = await journal.find("same");
    assert.deepEqual(found.map(({ attempt }) => attempt), [4, 3, 2, 1]);
    assert.deepEqual(found.map(({ key }) => key), ["d", "c", "b", "a"]);
  },

  async "find() takes the beginning of an id, unless it is one"({ journal }) {
    for (const [key, id] of [["a", "E1"], ["b", "E12"], ["c", "e1"]] as const) {
      await settle(await begin(journal, key, id));
    }
    const keys = async (id: string) =>
      (await journal.find(id)).map(({ key }) => key);
    assert.deepEqual(await keys("E"), ["b", "a"]);
    assert.deepEqual(await keys("E1"), ["a"]);
    assert.deepEqual(await keys("E12"), ["b"]);
    for (const nothing of ["E%", "_1", "1", "E123"]) {
      assert.deepEqual(await keys(nothing), []);
    }
  },

  async "list() answers the newest first, filtered and limited"({ journal }) {
    const days = ["01", "02", "03", "04"];
    for (const day of days) {
      const run = await journal.begin({
        ...newRun(day, `E${day}`),
        ref: day < "03" ? "a/a@1" : "b/b@1",
        started_at: `2026-01-${day}T00:00:00.000Z`,
      }, new AbortController().signal);
      if (day !== "04") await settle(run);
    }
    const keys = async (
      filter: Omit<Parameters<Journal["list"]>[0], "limit">,
    ) => (await journal.list({ ...filter, limit: 9 })).map(({ key }) => key);
    assert.deepEqual(await keys({}), ["04", "03", "02", "01"]);
    assert.deepEqual(await keys({ ref: "a/a@1" }), ["02", "01"]);
    assert.deepEqual(await keys({ status: "running" }), ["04"]);
    assert.deepEqual(await keys({ status: "success", ref: "b/b@1" }), ["03"]);
    assert.deepEqual(await keys({ since: "2026-01-03T00:00:00.000Z" }), [
      "04",
      "03",
    ]);
    const two = await journal.list({ limit: 2 });
    assert.deepEqual(two.map(({ key }) => key), ["04", "03"]);
  },

  async "settleDead() finds runs whose process is gone, no others"(tested) {
    const { journal } = tested;
    const ended = await settle(await begin(journal, "a", "E1"));
    const left = await begin(journal, "b", "E2");
    const noted = { ...left.record, phase: "collect" } as const;
    await left.note(noted);
    assert.equal(await journal.settleDead(), 0);
    await tested.abandon();
    const going = await begin(journal, "c", "E3");
    await journal.settleDead();
    assert.deepEqual(await journal.find("E1"), [ended]);
    assert.deepEqual(await journal.find("E2"), [
      { ...noted, status: "died", ended_at: NOW.toISOString() },
    ]);
    assert.deepEqual(await journal.find("E3"), [going.record]);
    assert.equal(await journal.settleDead(), 0);
  },

  async "namedCids() answers what every run needs, those going on included"(
    tested,
  ) {
    const { journal } = tested;
    assert.deepEqual(await named(journal), []);
    const run = await begin(journal, "a", "E1");
    await run.settle({ ...endOf(run.record), inputs: cid(1), index: cid(2) });
    const going = await begin(journal, "b", "E2");
    await going.note({
      ...going.record,
      inputs: cid(1),
      registry_snapshot: cid(3),
      attachments: [{
        name: "x",
        path: "/artifacts/inputs/x" as never,
        cid: cid(4),
        mime: "text/plain",
        size: 1,
      }],
    });
    const expected = [cid(1), cid(2), cid(3), cid(4), OUTPUT].sort();
    assert.deepEqual(await named(journal), expected);
    await tested.abandon();
    assert.deepEqual(await named(journal), expected);
  },

  async "gc() forgets old settled runs, keeps the newest and what goes on"(
    { journal },
  ) {
    const going = await begin(journal, "going", "E0");
    for (const key of ["a", "b", "c", "d"]) {
      await settle(await begin(journal, key, `E${key}`));
    }
    const gc = (options: Partial<Parameters<Journal["gc"]>[0]>) =>
      journal.gc({ dryRun: false, ...options });
    const before = newRun("", "").started_at;
    assert.deepEqual(await gc({ before }), { removed: 0, kept: 5 });
    assert.deepEqual(await gc({ keep: 3, dryRun: true }), {
      removed: 1,
      kept: 4,
    });
    assert.equal((await journal.list({ limit: 9 })).length, 5);
    assert.deepEqual(await gc({ keep: 3 }), { removed: 1, kept: 4 });
    assert.deepEqual(await gc({ before: "2027" }), { removed: 3, kept: 1 });
    assert.deepEqual(await journal.list({ limit: 9 }), [going.record]);
  },
};

/** The time at which runs are found dead in tests. */
export const NOW = new Date("2026-05-05T05:05:05.000Z");

/** The cid of the output of {@linkcode endOf}. */
export const OUTPUT = cid(9);

/** A cid that is as good as any. */
export function cid(n: number): Cid {
  return `b3:${n.toString(16).padStart(64, "0")}`;
}

/** A run that begins. */
export function newRun(key: string, execution_id: string): NewRun {
  return {
    key,
    execution_id,
    phase: "attach",
    ref: "demo/hello@1",
    mode: "mock",
    adapter: "local",
    engine: "sandbox",
    command: ["localctl", "run", "--ref", "demo/hello@1"],
    started_at: "2026-01-31T12:00:00.000Z",
    timings_ms: { check: 12 },
    write_prefix: "/artifacts/outputs/demo_hello/{execution_id}/",
    registry_dir: "/registry/demo/hello/1",
    attachments: [],
    events: [],
    tokens: 0,
  };
}

/** A record as it is when the run went well. */
export function endOf(record: RunRecord): RunRecord {
  const envelope: SuccessEnvelope = {
    status: "success",
    execution_id: record.execution_id,
    outputs: [
      { path: "/artifacts/x", cid: OUTPUT, size_bytes: 3, mime: "a/b" },
    ],
    index_path: "/artifacts/execution/x/outputs.json",
    meta: { env_fingerprint: "", image_digest: "", duration_ms: 0 },
  };
  const ended_at = "2026-01-31T12:00:01.000Z";
  return { ...record, status: "success", ended_at, envelope, exit_code: 0 };
}

function begin(journal: Journal, key: string, id: string) {
  return journal.begin(newRun(key, id), new AbortController().signal);
}

async function settle(
  run: Awaited<ReturnType<typeof begin>>,
): Promise<RunRecord> {
  const record = endOf(run.record);
  await run.settle(record);
  return record;
}

async function named(journal: Journal): Promise<readonly Cid[]> {
  return (await Array.fromAsync(journal.namedCids())).sort();
}

import assert from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { RunRecord } from "../../adapters/mod.ts";
import { MIGRATIONS } from "../../adapters/journal/migrations.ts";
import { endOf, newRun, OUTPUT, testJournal } from "./journal_conformance.ts";
import { filesIn, fill, lock, never, open } from "./journal_fixture.ts";
import { temporary } from "./temporary.ts";

const TESTDATA = join(import.meta.dirname ?? ".", "testdata/journal");

testJournal("sqliteJournal()", async () => {
  const folder = await Deno.makeTempDir();
  const { journal } = open(folder);
  return {
    journal,
    // Whoever looks for a run's lock finds none held, as after the end of its process.
    abandon: () => Deno.remove(join(folder, "running"), { recursive: true }),
    async [Symbol.asyncDispose]() {
      journal.close();
      await Deno.remove(folder, { recursive: true });
    },
  };
});

Deno.test("sqliteJournal() is readable by the user alone, whatever the umask", async () => {
  await using place = await temporary();
  const before = Deno.umask(0);
  try {
    const { journal } = open(place.folder);
    const run = await journal.begin(newRun("a", "E"), never());
    const kept = Deno.statSync(join(place.folder, "running")).mode ?? 0;
    assert.equal(kept & 0o777, 0o700);
    for (const path of await filesIn(place.folder)) {
      const mode = Deno.statSync(join(place.folder, path)).mode ?? 0;
      assert.equal(mode & 0o777, 0o600, path);
    }
    assert.ok((await filesIn(place.folder)).includes("journal.db-wal"));
    await run.settle(endOf(run.record));
    journal.close();
  } finally {
    Deno.umask(before);
  }
});

Deno.test("sqliteJournal() does not begin a run while another program locks it", async () => {
  await using place = await temporary();
  await fill(place.folder, 1);
  using other = lock(place.folder);
  const { journal } = open(place.folder, 100);
  await assert.rejects(journal.begin(newRun("b", "E"), never()), {
    code: "ERR_JOURNAL",
    message: /another program has locked it$/,
  });
  other.release();
  const run = await journal.begin(newRun("b", "E"), never());
  await run.settle(endOf(run.record));
  journal.close();
});

Deno.test("sqliteJournal() keeps the end of a run beside a locked journal until the next command", async () => {
  await using place = await temporary();
  const { journal, notes } = open(place.folder, 100);
  const run = await journal.begin(newRun("a", "E"), never());
  const ended = endOf(run.record);
  {
    using _other = lock(place.folder);
    await run.note({ ...run.record, phase: "run" });
    await run.settle(ended);
    assert.match(notes.join(), /the next command records how this run ended$/);
    assert.deepEqual(await filesIn(join(place.folder, "unsettled")), [
      "a.json",
    ]);
    const [kept] = await journal.find("E");
    assert.equal(kept?.status, "running");
  }
  const next = open(place.folder);
  assert.ok((await Array.fromAsync(next.journal.namedCids())).includes(OUTPUT));
  assert.deepEqual(await next.journal.find("E"), [ended]);
  assert.deepEqual(await filesIn(join(place.folder, "unsettled")), []);
  assert.deepEqual(await filesIn(join(place.folder, "running")), []);
  next.journal.close();
  journal.close();
});

Deno.test("sqliteJournal() keeps a file that holds no record, and goes on", async () => {
  await using place = await temporary();
  await fill(place.folder, 1);
  const folder = join(place.folder, "unsettled");
  await Deno.mkdir(folder);
  await Deno.writeTextFile(join(folder, "b.json"), '{"key":');
  const { journal, notes } = open(place.folder);
  assert.equal(await journal.settleDead(), 0);
  journal.close();
  assert.deepEqual(await filesIn(folder), ["b.json.damaged"]);
  assert.equal(notes.length, 1);
});

Deno.test("sqliteJournal() answers ERR_JOURNAL for a place that cannot be used", async () => {
  await using place = await temporary();
  await Deno.mkdir(join(place.folder, "journal.db"));
  const { journal } = open(place.folder);
  await assert.rejects(journal.begin(newRun("a", "E"), never()), {
    code: "ERR_JOURNAL",
    message: /^Cannot use journal ".*journal\.db": /,
  });
  journal.close();
});

Deno.test("sqliteJournal() refuses the journal of a newer program, and leaves it", async () => {
  await using place = await temporary();
  await fill(place.folder, 1);
  const file = join(place.folder, "journal.db");
  const db = new DatabaseSync(file);
  db.exec(`PRAGMA user_version = ${MIGRATIONS.length + 1}`);
  db.close();
  const before = await Deno.readFile(file);
  const { journal, notes } = open(place.folder);
  await assert.rejects(journal.begin(newRun("a", "E"), never()), {
    code: "ERR_JOURNAL",
    message: /has form \d+, and this version of theoryctl knows \d+$/,
  });
  journal.close();
  assert.deepEqual(await Deno.readFile(file), before);
  assert.deepEqual(notes, []);
});

// Every form has a script here that makes a journal with records. There is none of form 0: a journal has its name only
// when it is whole, and an empty file is what damage left of one.
for (let form = 1; form <= MIGRATIONS.length; form++) {
  Deno.test(`sqliteJournal() brings a journal of form ${form} up to date with its records`, async () => {
    await using place = await temporary();
    const file = join(place.folder, "journal.db");
    const db = new DatabaseSync(file);
    const script = join(TESTDATA, `form_${form}`);
    db.exec(await Deno.readTextFile(`${script}.sql`));
    const expected: readonly RunRecord[] = JSON.parse(
      await Deno.readTextFile(`${script}.json`),
    );
    assert.equal(
      db.prepare("PRAGMA user_version").get()?.["user_version"],
      form,
    );
    db.close();
    const { journal, notes } = open(place.folder);
    assert.deepEqual(await journal.list({ limit: 9 }), expected);
    const run = await journal.begin(newRun("new", "new"), never());
    await run.settle(endOf(run.record));
    assert.equal(
      (await journal.list({ limit: 9 })).length,
      expected.length + 1,
    );
    journal.close();
    assert.deepEqual(notes, []);
  });
}

Deno.test("sqliteJournal() begins anew where a journal was being made by a process that was killed", async () => {
  await using place = await temporary();
  for (const part of ["", "-journal", "-wal", "-shm"]) {
    const left = join(place.folder, `journal.db.new${part}`);
    await Deno.writeTextFile(left, "half of it");
  }
  await fill(place.folder, 1);
  const { journal, notes } = open(place.folder);
  assert.equal((await journal.list({ limit: 9 })).length, 1);
  journal.close();
  assert.deepEqual(notes, []);
  assert.deepEqual(await filesIn(place.folder), [
    "journal.db",
    "journal.db.lock",
  ]);
});

Deno.test("sqliteJournal() keeps a log that lost its journal, and reads nothing from it", async () => {
  await using place = await temporary();
  const { journal: before } = open(place.folder);
  await before.begin(newRun("a", "E"), never());
  const file = join(place.folder, "journal.db");
  const log = await Deno.readFile(`${file}-wal`);
  before.close();
  await Deno.remove(file);
  await Deno.writeFile(`${file}-wal`, log);
  const { journal, notes } = open(place.folder);
  assert.deepEqual(await journal.list({ limit: 9 }), []);
  journal.close();
  assert.deepEqual(notes, []);
  const kept = (await filesIn(place.folder)).filter((name) =>
    /\.damaged-.*-wal$/.test(name)
  );
  assert.equal(kept.length, 1);
  assert.deepEqual(await Deno.readFile(join(place.folder, kept[0] ?? "")), log);
});

Deno.test("sqliteJournal() gives the space of forgotten runs back", async () => {
  await using place = await temporary();
  await fill(place.folder, 400);
  const file = join(place.folder, "journal.db");
  const { size } = await Deno.stat(file);
  const { journal } = open(place.folder);
  await journal.gc({ keep: 1, dryRun: false });
  journal.close();
  assert.ok((await Deno.stat(file)).size < size / 2);
});

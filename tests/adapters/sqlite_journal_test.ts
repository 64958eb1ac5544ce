import assert from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type RunRecord, sqliteJournal } from "../../adapters/mod.ts";
import { MIGRATIONS } from "../../adapters/journal/migrations.ts";
import {
  endOf,
  newRun,
  NOW,
  OUTPUT,
  testJournal,
} from "./journal_conformance.ts";
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

Deno.test("sqliteJournal() loses no record of 200 processes that write at once", async () => {
  await using place = await temporary();
  const [batches, together] = [5, 40];
  for (let batch = 0; batch < batches; batch++) {
    const outputs = await Promise.all(
      Array.from(
        { length: together },
        (_, n) => journalProcess(place.folder, [`${batch}-${n}`, "3"]).output(),
      ),
    );
    for (const { success, stderr } of outputs) {
      assert.ok(success, new TextDecoder().decode(stderr));
      assert.equal(stderr.length, 0, new TextDecoder().decode(stderr));
    }
  }
  const { journal } = open(place.folder);
  const records = await journal.list({ limit: 10_000 });
  journal.close();
  assert.equal(records.length, batches * together * 3);
  assert.equal(new Set(records.map(({ execution_id: id }) => id)).size, 600);
  for (const { status, phase } of records) {
    assert.deepEqual([status, phase], ["success", "run"]);
  }
  assert.deepEqual(await filesIn(place.folder), [
    "journal.db",
    "journal.db.lock",
  ]);
});

Deno.test("sqliteJournal() tells the truth about runs that were killed", async () => {
  await using place = await temporary();
  const [x, y, z] = await Promise.all(["x", "y", "z"].map(async (id) => {
    const child = journalProcess(place.folder, [id, "2", "wait"]).spawn();
    await reads(child.stdout, "begun");
    return async () => {
      child.kill("SIGKILL");
      await child.stderr.cancel();
      await child.status;
    };
  }));
  const { journal } = open(place.folder);
  assert.equal(await journal.settleDead(), 0);
  await x?.();
  await y?.();
  assert.equal(await journal.settleDead(), 2);
  const status = async (id: string) => (await journal.find(id))[0]?.status;
  assert.deepEqual(
    await Promise.all(["x-1", "x-2", "y-2", "z-1", "z-2"].map(status)),
    ["success", "died", "died", "success", "running"],
  );
  const [died] = await journal.find("x-2");
  assert.equal(died?.phase, "run");
  assert.equal(died.exit_code, undefined);
  await z?.();
  assert.equal(await journal.settleDead(), 1);
  journal.close();
  assert.deepEqual(await filesIn(place.folder), [
    "journal.db",
    "journal.db.lock",
  ]);
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

for (const [what, damage] of Object.entries(DAMAGES())) {
  Deno.test(`sqliteJournal() sets a journal aside that ${what}, and says so`, async () => {
    await using place = await temporary();
    await fill(place.folder, 40);
    const file = join(place.folder, "journal.db");
    const bytes = damage(await Deno.readFile(file));
    await Deno.writeFile(file, bytes);
    const { journal, notes } = open(place.folder);
    assert.deepEqual(await journal.list({ limit: 99 }), []);
    const run = await journal.begin(newRun("new", "new"), never());
    await run.settle(endOf(run.record));
    journal.close();
    const [aside = "", ...others] = (await filesIn(place.folder)).filter((
      name,
    ) => name.startsWith("journal.db.damaged-"));
    assert.deepEqual(others, []);
    assert.deepEqual(await Deno.readFile(join(place.folder, aside)), bytes);
    assert.deepEqual(notes, [
      `Journal "${file}" is damaged: it was kept as "${place.folder}/${aside}", and a new one begun`,
    ]);
    const again = open(place.folder);
    assert.equal((await again.journal.list({ limit: 9 })).length, 1);
    await assert.rejects(Array.fromAsync(again.journal.namedCids()), {
      code: "ERR_JOURNAL",
      message: /set aside/,
    });
    again.journal.close();
    assert.deepEqual(again.notes, []);
  });
}

function DAMAGES(): Record<string, (bytes: Uint8Array) => Uint8Array> {
  return {
    "is no database": (bytes) => bytes.map((byte) => byte ^ 0x55),
    "was cut off": (bytes) => bytes.slice(0, 10_000),
    "has other bytes in it": (bytes) => bytes.fill(0x5a, 8192, 60_000),
    "is the database of another program": () => foreignDatabase(),
  };
}

Deno.test("sqliteJournal() records the end of a run whose journal was damaged meanwhile", async () => {
  await using place = await temporary();
  const { journal, notes } = open(place.folder);
  const run = await journal.begin(newRun("a", "E"), never());
  journal.close();
  await Deno.writeTextFile(join(place.folder, "journal.db"), "x".repeat(9000));
  await run.settle(endOf(run.record));
  assert.equal(notes.length, 1);
  assert.deepEqual(await journal.find("E"), [endOf(run.record)]);
  journal.close();
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

// A database of form 0 is an empty file. Every later form has a script here that makes one with records.
for (let form = 0; form <= MIGRATIONS.length; form++) {
  Deno.test(`sqliteJournal() brings a journal of form ${form} up to date with its records`, async () => {
    await using place = await temporary();
    const file = join(place.folder, "journal.db");
    const db = new DatabaseSync(file);
    const expected: RunRecord[] = [];
    if (form > 0) {
      const script = join(TESTDATA, `form_${form}`);
      db.exec(await Deno.readTextFile(`${script}.sql`));
      expected.push(...JSON.parse(await Deno.readTextFile(`${script}.json`)));
      assert.equal(
        db.prepare("PRAGMA user_version").get()?.["user_version"],
        form,
      );
    }
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

function open(folder: string, waitMs?: number) {
  const notes: string[] = [];
  const journal = sqliteJournal({
    folder,
    now: () => NOW,
    note: (message) => notes.push(message),
    ...(waitMs === undefined ? {} : { waitMs }),
  });
  return { journal, notes };
}

function never(): AbortSignal {
  return new AbortController().signal;
}

async function fill(folder: string, count: number): Promise<void> {
  const { journal } = open(folder);
  for (let n = 0; n < count; n++) {
    const run = await journal.begin(newRun(`key-${n}`, `E${n}`), never());
    await run.settle(endOf(run.record));
  }
  journal.close();
}

/** Holds the database as another program may do. */
function lock(folder: string) {
  const db = new DatabaseSync(join(folder, "journal.db"), { timeout: 1000 });
  db.exec("BEGIN IMMEDIATE");
  const release = () => {
    if (db.isOpen) db.close();
  };
  return { release, [Symbol.dispose]: release };
}

function foreignDatabase(): Uint8Array {
  const path = Deno.makeTempFileSync();
  try {
    const db = new DatabaseSync(path);
    db.exec("CREATE TABLE theirs (x); INSERT INTO theirs VALUES (1)");
    db.close();
    return Deno.readFileSync(path);
  } finally {
    Deno.removeSync(path);
  }
}

function journalProcess(
  folder: string,
  args: readonly string[],
): Deno.Command {
  const script = new URL("./journal_process.ts", import.meta.url);
  return new Deno.Command(Deno.execPath(), {
    stdout: "piped",
    stderr: "piped",
    args: [
      "run",
      "--no-prompt",
      `--allow-read=${folder}`,
      `--allow-write=${folder}`,
      script.href,
      folder,
      ...args,
    ],
  });
}

async function reads(
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
async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await Array.fromAsync(Deno.readDir(folder));
  return entries.filter(({ isFile }) => isFile).map(({ name }) => name).sort();
}

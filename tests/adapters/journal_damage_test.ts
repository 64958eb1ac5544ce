import assert from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { endOf, newRun } from "./journal_conformance.ts";
import { filesIn, fill, never, open } from "./journal_fixture.ts";
import { temporary } from "./temporary.ts";

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
    "is empty": () => new Uint8Array(),
    "was cut off": (bytes) => bytes.slice(0, 10_000),
    "has other bytes in it": (bytes) => bytes.fill(0x5a, 8192, 60_000),
    "was cut in the page of its last record": (bytes) =>
      bytes.slice(0, latin1(bytes).lastIndexOf('{"key":') + 50),
    "has a wrong byte in a record": (bytes) =>
      misspelt(bytes, '{"key":"key-7"'),
    "has a record that lacks what every run has": (bytes) =>
      misspelt(bytes, 'attachments":'),
    "is the database of another program": () => foreignDatabase(),
  };
}

/** Puts another byte for the first one of a text, wherever that is. */
function misspelt(bytes: Uint8Array, text: string): Uint8Array {
  const copy = bytes.slice();
  for (const { index } of latin1(bytes).matchAll(new RegExp(text, "g"))) {
    copy[index] = 0x5a;
  }
  assert.notDeepEqual(copy, bytes);
  return copy;
}

function latin1(bytes: Uint8Array): string {
  return new TextDecoder("latin1").decode(bytes);
}

Deno.test("sqliteJournal() keeps the log of a journal that was emptied", async () => {
  await using place = await temporary();
  const before = open(place.folder).journal;
  await before.begin(newRun("a", "E"), never());
  const file = join(place.folder, "journal.db");
  const log = await Deno.readFile(`${file}-wal`);
  before.close();
  await Deno.writeTextFile(file, "");
  await Deno.writeFile(`${file}-wal`, log);
  const { journal, notes } = open(place.folder);
  await journal.settleDead();
  journal.close();
  assert.equal(notes.length, 1);
  const [kept = ""] = (await filesIn(place.folder)).filter((name) =>
    /\.damaged-.*-wal$/.test(name)
  );
  assert.deepEqual(await Deno.readFile(join(place.folder, kept)), log);
});

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

function foreignDatabase(): Uint8Array {
  const path = Deno.makeTempFileSync();
  try {
    const db = new DatabaseSync(path);
    db.exec(
      "CREATE TABLE theirs (x); INSERT INTO theirs VALUES (1); PRAGMA user_version = 1",
    );
    db.close();
    return Deno.readFileSync(path);
  } finally {
    Deno.removeSync(path);
  }
}

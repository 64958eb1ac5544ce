import assert from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import {
  filesIn,
  fill,
  hasRun,
  journalCommand,
  open,
  reads,
} from "./journal_fixture.ts";
import { temporary } from "./temporary.ts";

Deno.test("sqliteJournal() loses no record of 200 processes that write at once", async () => {
  await using place = await temporary();
  const [batches, together] = [5, 40];
  for (let batch = 0; batch < batches; batch++) {
    const outputs = await Promise.all(
      Array.from(
        { length: together },
        (_, n) => journalCommand(place.folder, [`${batch}-${n}`, "3"]).output(),
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
    const child = journalCommand(place.folder, [id, "2", "wait"]).spawn();
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

Deno.test("sqliteJournal() tells the truth about processes killed at any moment", async () => {
  await using place = await temporary();
  for (let round = 0; round < 6; round++) {
    const children = Array.from(
      { length: 5 },
      (_, n) => journalCommand(place.folder, [`${round}-${n}`, "1000"]).spawn(),
    );
    for (const [n, child] of children.entries()) {
      // Until it has begun runs; then it dies wherever it is.
      while (!await hasRun(place.folder, `${round}-${n}-`)) {
        await new Promise((resolve) => setTimeout(resolve, 3 + round * n));
      }
      child.kill("SIGKILL");
    }
    await Promise.all(children.map(async (child) => {
      await Promise.all([child.stdout.cancel(), child.stderr.cancel()]);
      await child.status;
    }));
  }
  const { journal, notes } = open(place.folder);
  await journal.settleDead();
  const records = await journal.list({ limit: 100_000 });
  journal.close();
  assert.deepEqual(notes, []);
  const died = records.filter(({ status }) => status === "died");
  assert.ok(died.length <= 30 && records.length >= 30);
  for (const { status, phase, exit_code } of records) {
    const truthful = status === "died"
      ? exit_code === undefined
      : status === "success" && exit_code === 0 && phase === "run";
    assert.ok(truthful, status);
  }
  assert.deepEqual(await filesIn(join(place.folder, "running")), []);
  const db = new DatabaseSync(join(place.folder, "journal.db"));
  const [checked] = db.prepare("PRAGMA integrity_check").all();
  db.close();
  assert.deepEqual({ ...checked }, { integrity_check: "ok" });
});

Deno.test("sqliteJournal() sets a damaged journal aside once, however many find it", async () => {
  await using place = await temporary();
  await fill(place.folder, 3);
  const file = join(place.folder, "journal.db");
  await Deno.writeTextFile(file, "x".repeat(20_000));
  const outputs = await Promise.all(
    Array.from(
      { length: 12 },
      (_, n) => journalCommand(place.folder, [`${n}`, "3"]).output(),
    ),
  );
  const told = outputs.map(({ stderr }) => new TextDecoder().decode(stderr));
  assert.ok(outputs.every(({ success }) => success), told.join());
  assert.equal(told.filter((text) => text !== "").length, 1, told.join());
  const aside = (await filesIn(place.folder)).filter((name) =>
    name.includes("damaged")
  );
  assert.equal(aside.length, 1);
  const { journal } = open(place.folder);
  assert.equal((await journal.list({ limit: 99 })).length, 36);
  journal.close();
});

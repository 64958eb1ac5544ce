import assert from "node:assert/strict";
import { type Journal, memoryJournal } from "../../../adapters/mod.ts";
import { findRun, nameOf } from "../../../cli/runs/find_run.ts";
import { newRun } from "../../adapters/journal_conformance.ts";

async function journalOf(ids: readonly string[]): Promise<Journal> {
  const journal = memoryJournal(() => new Date(0));
  for (const [n, id] of ids.entries()) {
    await journal.begin(newRun(`key-${n}`, id), new AbortController().signal);
  }
  return journal;
}

Deno.test("findRun() takes an id, the beginning of just one, and an attempt", async () => {
  const journal = await journalOf(["nightly", "nightly", "abc-1", "abc-2"]);
  const found = async (text: string) => nameOf(await findRun(text, journal));
  assert.equal(await found("nightly"), "nightly#2");
  assert.equal(await found("nig"), "nightly#2");
  assert.equal(await found("nightly#1"), "nightly");
  assert.equal(await found("n#2"), "nightly#2");
  assert.equal(await found("abc-2"), "abc-2");
});

Deno.test("findRun() says which run may be meant", async () => {
  const ids = ["nightly", "abc-1", "abc-2", "abc-3", "abc-4", "abc-5", "abc-6"];
  const journal = await journalOf(ids);
  const refused = async (text: string) => {
    const error = await findRun(text, journal).then(() => undefined, (e) => e);
    assert.equal(error.code, "ERR_RUN_UNKNOWN");
    return `${error.message}. ${error.hint ?? ""}`;
  };
  assert.equal(
    await refused("abc"),
    'Cannot tell which run "abc" is: 6 ids begin so. They are abc-6, abc-5, abc-4, abc-3, abc-2 and 1 more',
  );
  assert.equal(
    await refused("nihgtly"),
    'Cannot find run "nihgtly": no recorded run has this id. Did you mean nightly?',
  );
  assert.match(await refused("zzz"), /runs list shows the recorded runs$/);
  assert.equal(
    await refused("nightly#3"),
    'Cannot find run "nightly#3": recorded are attempts 1. ',
  );
});

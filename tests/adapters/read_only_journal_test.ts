import assert from "node:assert/strict";
import { join } from "node:path";
import { filesIn, fill, journalProcess } from "./journal_fixture.ts";
import { temporary } from "./temporary.ts";

const MAIN = join(import.meta.dirname ?? ".", "../../main.ts");

Deno.test("sqliteJournal() answers ERR_JOURNAL for a folder that cannot be written", async () => {
  await using place = await temporary();
  const folder = join(place.folder, "state");
  await Deno.mkdir(folder);
  const { success, stderr } = await readOnly(
    folder,
    journalProcess(folder, ["E"]),
  );
  assert.equal(success, false);
  assert.match(
    new TextDecoder().decode(stderr),
    /Failure: Cannot use journal ".*journal\.db": its folder is read-only/,
  );
  assert.deepEqual(await filesIn(folder), []);
});

for (const words of [["list"], ["show", "E1"], ["gc", "--keep", "0"]]) {
  Deno.test(`runs ${words[0]} of a read-only state folder says why it cannot, and what helps`, async () => {
    await using place = await temporary();
    const folder = join(place.folder, "state");
    await Deno.mkdir(folder);
    await fill(folder, 3);
    const { code, stderr } = await readOnly(folder, [
      ...[Deno.execPath(), "run", "--quiet", "-A", MAIN, "runs", ...words],
      ...["--state-dir", folder],
    ]);
    const text = new TextDecoder().decode(stderr);
    assert.equal(code, 9, text);
    assert.match(
      text,
      /^.*ERR_JOURNAL.* Cannot use journal ".*": its folder is read-only, and even reading it takes writing beside it\nMake .* or copy it .* --state-dir\n$/,
    );
    assert.deepEqual(await filesIn(folder), ["journal.db", "journal.db.lock"]);
  });
}

/** Runs a command while a folder cannot be written: for root it has to be mounted so. */
async function readOnly(
  folder: string,
  command: readonly string[],
): Promise<Deno.CommandOutput> {
  if (Deno.uid() === 0) {
    const mount =
      'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"';
    const args = ["-m", "sh", "-c", mount, folder, ...command];
    return await new Deno.Command("unshare", { args }).output();
  }
  await Deno.chmod(folder, 0o500);
  const [program = "", ...args] = command;
  const output = await new Deno.Command(program, { args }).output();
  await Deno.chmod(folder, 0o700);
  return output;
}

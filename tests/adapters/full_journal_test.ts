import assert from "node:assert/strict";
import { join } from "node:path";
import { fill, open } from "./journal_fixture.ts";
import { temporary } from "./temporary.ts";

const MAIN = join(import.meta.dirname ?? ".", "../../main.ts");

Deno.test("runs list says when there is no room for what reading a journal takes, and works when there is", async () => {
  await using place = await temporary();
  const { folder } = place;
  await fill(folder, 3);
  const list = [Deno.execPath(), "run", "--quiet", "-A", MAIN, "runs", "list"];
  const { code, stderr } = await new Deno.Command("bash", {
    // What the system lets a process write to a file stands for a full disk.
    args: ["-c", `trap '' XFSZ; ulimit -f 1; exec "$@"`, "bash"]
      .concat(list, "--state-dir", folder),
  }).output();
  const text = new TextDecoder().decode(stderr);
  assert.equal(code, 9, text);
  assert.match(
    text,
    /^.*ERR_JOURNAL.* Cannot use journal ".*": its disk is full\nMake room; .*\n$/,
  );
  const { journal, notes } = open(folder);
  assert.equal((await journal.list({ limit: 9 })).length, 3);
  journal.close();
  assert.deepEqual(notes, []);
});

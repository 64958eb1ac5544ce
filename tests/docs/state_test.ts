import assert from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { HELLO, theory, workFolder } from "../cli/theory.ts";

const PAGE = join(import.meta.dirname ?? ".", "../../docs/state.md");

Deno.test("docs/state.md says what everything in a state folder is", async () => {
  await using folder = await workFolder();
  const { dir: cwd } = folder;
  const ran = await theory(
    ["localctl", "run", "--ref", "llm/litellm@1", "--inputs-json", HELLO],
    { cwd },
  );
  assert.equal(ran.code, 0, ran.stderr);
  const state = join(cwd, ".theory");
  // What is beside the journal while a command uses it.
  const db = new DatabaseSync(join(state, "journal.db"));
  db.prepare("SELECT count(*) FROM runs").get();
  const found = [...namesIn(state), ...namesIn(state, "artifacts")];
  db.close();
  assert.ok(found.includes("journal.db-wal"));
  const page = await Deno.readTextFile(PAGE);
  const untold = found.filter((name) => !page.includes(`\`${name}\``));
  assert.deepEqual(untold, []);
});

/** What is in a folder of a state folder, as the page writes it. */
function namesIn(state: string, folder = ""): readonly string[] {
  const entries = [...Deno.readDirSync(join(state, folder))];
  return entries
    .map(({ name, isDirectory }) =>
      `${join(folder, name)}${isDirectory ? "/" : ""}`
    )
    .filter((name) => name !== "artifacts/");
}

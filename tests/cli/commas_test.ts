import assert from "node:assert/strict";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "./request_of.ts";
import { envelopeOf, theory } from "./theory.ts";

/** What a run takes of the source. */
const NEEDED = [
  ...["main.ts", "deno.json", "deno.lock", "docs/examples"],
  ...["schemas", "registry", "runtime", "adapters", "cli", "lsp"],
];

const RUN = ["localctl", "run", "--inputs-file", "docs/examples/describe.yaml"];

/** A copy of the source in a folder with a comma and a space in its name. */
async function copied() {
  const folder = await Deno.makeTempDir({ prefix: "commas-" });
  const dir = join(folder, "projects, mine/kit");
  for (const name of NEEDED) {
    await cp(join(ROOT, name), join(dir, name), { recursive: true });
  }
  return {
    dir,
    main: join(dir, "main.ts"),
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
}

Deno.test("localctl run works in a folder with a comma, with -P and by the line that it prints", async () => {
  await using copy = await copied();
  const { dir: cwd, main } = copy;
  const all = await theory(RUN, { cwd, main, flags: ["-P"] });
  assert.equal(envelopeOf(all)["status"], "success", all.stderr);
  const refused = await theory(RUN, { cwd, main, flags: ["--no-prompt"] });
  assert.equal(refused.code, 10, refused.stderr);
  const line = /^Run: (.*)$/m.exec(refused.stderr)?.[1] ?? "";
  const { code, stderr } = await new Deno.Command("sh", {
    args: ["-c", line],
    cwd,
    stdin: "null",
  }).output();
  assert.equal(code, 0, new TextDecoder().decode(stderr));
});

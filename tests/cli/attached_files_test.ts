import assert from "node:assert/strict";
import { join } from "node:path";
import { attachedFiles } from "../../cli/attached_files.ts";
import { HELLO, theory, workFolder } from "./theory.ts";

Deno.test("attachedFiles() tells files from where a document is, however they are written", async () => {
  const named = (name: string, text: string) => attachedFiles({ name, text });
  const json = String.raw`{"\u0024attachments": {"a": "..\/a.png", "b": "b"}}`;
  assert.deepEqual(await named("in/it.json", json), ["a.png", "in/b"]);
  const yaml = "# attach: a=/a.png\n$attachments: {b: ../../b.png}\n";
  assert.deepEqual(await named("in/it.yaml", yaml), ["/a.png", "../b.png"]);
  assert.deepEqual(await named("it.json", '{"$attachments": {"a": 1'), []);
});

/** A document that attaches a file. */
function attaching(path: string): string {
  return HELLO.replace('"Hello"', '[{"$attach":"p"}]')
    .replace(/}$/, `,"$attachments":{"p":"${path}"}}`);
}

const LINES = [
  ["localctl", "run", "--ref", "llm/litellm@1", "--mode", "smoke"],
  ["check", "--ref", "llm/litellm@1"],
];

for (const line of LINES) {
  const [command = ""] = line.includes("run") ? ["localctl run"] : line;
  const args = [...line, ...command === "check" ? ["-"] : ["--inputs", "-"]];

  Deno.test(`${command} with a document of standard input that attaches what is elsewhere prints the line that grants it`, async () => {
    await using folder = await workFolder();
    await using other = await workFolder();
    const { dir: cwd } = folder;
    const file = join(other.dir, "photo.png");
    await Deno.writeTextFile(file, "png");
    const stdin = attaching(file);
    const refused = await theory(args, { cwd, stdin });
    assert.equal(refused.code, 10, refused.stderr);
    const [, flags = ""] = /^Run: deno run (.*) \S*main\.ts /m
      .exec(refused.stderr) ?? [];
    const run = await theory(args, {
      ...{ cwd, stdin, flags: ["--no-prompt", ...flags.split(" ")] },
    });
    assert.equal(run.code, 0, run.stderr);
  });
}

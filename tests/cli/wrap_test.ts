import assert from "node:assert/strict";
import { definitions, wrap, wrapCommand } from "../../cli/wrap.ts";

Deno.test("wrap() breaks at spaces and leaves a long word whole", () => {
  assert.deepEqual(wrap("a bc def ghijklmno p", 6), [
    "a bc",
    "def",
    "ghijklmno",
    "p",
  ]);
  assert.deepEqual(wrap("", 6), [""]);
});

Deno.test("wrapCommand() breaks between flags, never in quotes, and stays the same command", async () => {
  const line =
    `printf '%s|' run --inputs-json '{"a": "b c"}' --attach x=y --json "two words"`;
  const run = async (text: string) => {
    const { stdout } = await new Deno.Command("sh", { args: ["-c", text] })
      .output();
    return new TextDecoder().decode(stdout);
  };
  const expected = await run(line);
  for (let columns = 10; columns < 100; columns++) {
    const lines = wrapCommand(line, columns);
    assert.equal(await run(lines.join("\n")), expected);
  }
  assert.deepEqual(wrapCommand(line, 40), [
    "printf '%s|' run \\",
    `  --inputs-json '{"a": "b c"}' \\`,
    '  --attach x=y --json "two words"',
  ]);
});

Deno.test("definitions() puts a long term on a line of its own", () => {
  const rows = [["a", "first"], ["far-too-long", "second one"]] as const;
  assert.deepEqual(definitions(rows, { columns: 30, widest: 6 }), [
    "a       first",
    "far-too-long",
    "        second one",
  ]);
});

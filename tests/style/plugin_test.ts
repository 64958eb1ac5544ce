import assert from "node:assert/strict";
import plugin from "./plugin.ts";

const CASES = new URL("testdata/plugin/", import.meta.url);

for (
  const { name } of [...Deno.readDirSync(CASES)].filter(isCase).sort(byName)
) {
  Deno.test(`the lint plugin reads ${name}`, async () => {
    const source = await Deno.readTextFile(new URL(name, CASES));
    const expected = await Deno.readTextFile(new URL(`${name}.out`, CASES));
    assert.equal(lint(placeIn(source), source), expected);
  });
}

Deno.test("the lint plugin reports a file of 301 lines, not one of 300", () => {
  const lines = (count: number) =>
    "// a line\n".repeat(count - 1) + "void 0;\n";
  assert.equal(lint("cli/example.ts", lines(300)), "");
  assert.match(
    lint("cli/example.ts", lines(301)),
    /house\/file-size .* 301 lines/,
  );
  assert.equal(lint("tests/example_test.ts", lines(301)), "");
});

Deno.test("the lint plugin reports a function of 61 lines, not one of 60", () => {
  const lines = (count: number) =>
    `export function long() {\n${"  void 0;\n".repeat(count - 2)}}\n`;
  assert.equal(lint("cli/example.ts", lines(60)), "");
  assert.match(
    lint("cli/example.ts", lines(61)),
    /house\/function-size .* 61 lines/,
  );
  assert.equal(lint("tests/example_test.ts", lines(61)), "");
});

Deno.test("the lint plugin knows files by their absolute name too", () => {
  const file = new URL("../../schemas/example.ts", import.meta.url).pathname;
  assert.match(lint(file, "export const now = Date.now();"), /house\/pure/);
});

function isCase({ name }: Deno.DirEntry): boolean {
  return name.endsWith(".ts");
}

function byName(a: Deno.DirEntry, b: Deno.DirEntry): number {
  return a.name < b.name ? -1 : 1;
}

function placeIn(source: string): string {
  return /^\/\/ place: (\S+)\n/.exec(source)?.[1] ?? "";
}

/** Findings as `line rule message`, in order of position. */
function lint(place: string, source: string): string {
  return Deno.lint.runPlugin(plugin, place, source)
    .sort((a, b) => a.range[0] - b.range[0] || (a.id < b.id ? -1 : 1))
    .map(({ id, message, range }) =>
      `${source.slice(0, range[0]).split("\n").length} ${id} ${message}\n`
    ).join("");
}

import assert from "node:assert/strict";
import { HOUSE } from "./layers.ts";
import { readPlace, repositoryFiles } from "./repository_files.ts";

Deno.test("half of the files have at most 90 lines", () => {
  const lengths = sources().map(({ text }) => linesIn(text.trimEnd()));
  const found = median(lengths);
  assert.ok(found <= 90, `the median is ${found} lines`);
});

Deno.test("half of the functions have at most 12 lines", () => {
  const found = median(sources().flatMap(functionLengths));
  assert.ok(found <= 12, `the median is ${found} lines`);
});

Deno.test("median() takes the middle, or the lower of two", () => {
  assert.equal(median([9, 1, 5]), 5);
  assert.equal(median([9, 1, 5, 7]), 5);
});

interface SourceFile {
  readonly place: string;
  readonly text: string;
}

function sources(): readonly SourceFile[] {
  return repositoryFiles()
    .filter((place) => HOUSE.includes(place.split("/")[0] ?? ""))
    .filter((place) => place.endsWith(".ts"))
    .map((place) => ({ place, text: readPlace(place) }));
}

/** Named functions and methods; arrow functions inside of them count as their lines. */
function functionLengths({ place, text }: SourceFile): readonly number[] {
  const lengths: number[] = [];
  const measure = (node: { readonly range: Deno.lint.Range }) =>
    void lengths.push(linesIn(text.slice(...node.range)));
  const rule = {
    create: () => ({ FunctionDeclaration: measure, MethodDefinition: measure }),
  };
  Deno.lint.runPlugin({ name: "sizes", rules: { rule } }, place, text);
  return lengths;
}

function linesIn(text: string): number {
  return text.split("\n").length;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}

import assert from "node:assert/strict";
import { checkEntry } from "../../schemas/entry_check.ts";
import type { Diagnostic } from "../../schemas/mod.ts";
import { positions } from "../../schemas/mod.ts";

const DIR = "tests/schemas/testdata/entries";

interface Options {
  readonly expectedRef?: string;
  readonly files?: readonly string[];
}

for (const name of cases()) {
  Deno.test(`checkEntry() says about ${name}.yaml what ${name}.out says`, () => {
    const { diagnostics, entry } = checkCase(name);
    const text = Deno.readTextFileSync(`${DIR}/${name}.yaml`);
    assert.equal(render(diagnostics, text), read(`${name}.out`) ?? "");
    const expected = read(`${name}.entry.json`);
    const isError = name.startsWith("err_");
    assert.equal(expected === undefined, isError, "entry.json is for ok cases");
    if (expected === undefined) return;
    assert.deepEqual(entry, JSON.parse(expected));
  });
}

function cases(): readonly string[] {
  return [...Deno.readDirSync(DIR)].map(({ name }) => name)
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => name.slice(0, -".yaml".length)).sort();
}

function checkCase(name: string) {
  const { expectedRef, files }: Options = JSON.parse(
    read(`${name}.options.json`) ?? "{}",
  );
  const text = Deno.readTextFileSync(`${DIR}/${name}.yaml`);
  return checkEntry({ name: "registry.yaml", text, language: "yaml" }, {
    ...(expectedRef === undefined ? {} : { expectedRef }),
    ...(files === undefined
      ? {}
      : { fileExists: (path: string) => files.includes(path) }),
  });
}

/** One line for each finding, further ones for what is expected and what mends it. */
function render(diagnostics: readonly Diagnostic[], text: string): string {
  const at = positions(text);
  return diagnostics.map(({ span, severity, code, message, ...more }) => {
    const { line, column } = at(span.start);
    return [
      `${line}:${column} ${severity} ${code} ${message}`,
      ...(more.expected === undefined ? [] : [`  expected ${more.expected}`]),
      ...(more.fixes ?? []).map(({ title }) => `  fix: ${title}`),
      "",
    ].join("\n");
  }).join("");
}

function read(name: string): string | undefined {
  try {
    return Deno.readTextFileSync(`${DIR}/${name}`);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

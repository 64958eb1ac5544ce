import assert from "node:assert/strict";
import { type Entry, type JsonObject } from "../../../schemas/mod.ts";
import {
  checkEntry,
  compileSchema,
  exampleFor,
  parse,
} from "../../../schemas/checker.ts";

const PROCESSORS = {
  litellm: "llm/litellm@1",
  replicate: "replicate/generic@1",
};

const REGISTRY = new URL("../../../registry/", import.meta.url);
const CASES = new URL("./testdata/params/", import.meta.url);

/** The entry of a shipped processor, and what is wrong with it. */
function readEntry(ref: string) {
  const folder = new URL(`${ref.replace("@", "/")}/`, REGISTRY);
  const name = "registry.yaml";
  const text = Deno.readTextFileSync(new URL(name, folder));
  const files = [...Deno.readDirSync(folder)].map((each) => each.name);
  return checkEntry({ name, text, language: "yaml" }, {
    expectedRef: ref,
    fileExists: (file) => files.includes(file),
  });
}

/** Findings about a document as it is sent, one a line: code and place. */
function findings(inputs: JsonObject, text: string): string {
  const { root } = parse({ name: "inputs.json", text, language: "json" });
  assert.ok(root);
  return compileSchema(inputs)(root)
    .map(({ code, pointer }) => `${code} ${pointer}\n`).join("");
}

function entryOf(ref: string): Entry {
  const { entry } = readEntry(ref);
  assert.ok(entry);
  return entry;
}

function casesIn(folder: string): readonly string[] {
  return [...Deno.readDirSync(new URL(folder, CASES))]
    .map(({ name }) => name).filter((name) => name.endsWith(".json")).sort();
}

for (const [folder, ref] of Object.entries(PROCESSORS)) {
  Deno.test(`checkEntry() finds nothing wrong with ${ref}`, () => {
    assert.deepEqual(readEntry(ref).diagnostics, []);
  });

  Deno.test(`exampleFor() makes a document that ${ref} accepts`, () => {
    const entry = entryOf(ref);
    const { $processor: _, ...sent } = exampleFor(entry);
    assert.equal(findings(entry.inputs, JSON.stringify(sent)), "");
  });

  Deno.test(`${ref} says of every parameter what it is, with an example`, () => {
    const { inputs } = entryOf(ref);
    const properties = inputs["properties"] as JsonObject;
    const params = properties["params"] as JsonObject;
    const all = { ...properties, ...params["properties"] as JsonObject };
    for (const [name, schema] of Object.entries(all)) {
      assert.ok("description" in (schema as JsonObject), name);
      assert.ok("examples" in (schema as JsonObject), name);
    }
  });

  for (const file of casesIn(`${folder}/ok/`)) {
    Deno.test(`${ref} accepts ${file}`, () => {
      const text = Deno.readTextFileSync(
        new URL(`${folder}/ok/${file}`, CASES),
      );
      assert.equal(findings(entryOf(ref).inputs, text), "");
    });
  }

  for (const file of casesIn(`${folder}/err/`)) {
    Deno.test(`${ref} refuses ${file}`, () => {
      const url = new URL(`${folder}/err/${file}`, CASES);
      const out = new URL(url.href.replace(/json$/, "out"));
      const found = findings(entryOf(ref).inputs, Deno.readTextFileSync(url));
      assert.equal(found, Deno.readTextFileSync(out));
      assert.notEqual(found, "");
    });
  }
}

import assert from "node:assert/strict";
import type { LoadedEntry } from "../../registry/mod.ts";
import { describeEntry, describeList } from "../../registry/mod.ts";
import { checkEntry } from "../../schemas/checker.ts";

const DIR = new URL("./testdata/", import.meta.url);

Deno.test("describeEntry() writes show.out of show.yaml", () => {
  assert.equal(describeEntry(loaded("show.yaml", true)), read("show.out"));
});

Deno.test("describeList() writes list.out of two entries", () => {
  const entries = [
    loaded("show.yaml", true),
    loaded("list_disabled.yaml", false),
  ];
  assert.equal(describeList(entries), read("list.out"));
});

Deno.test("describeEntry() says what an entry does not have", () => {
  const text = describeEntry(loaded("list_disabled.yaml", false));
  assert.match(text, /^Runs on {2}disabled$/m);
  assert.match(text, /^Secrets {2}none$/m);
  assert.match(text, /^Network {2}none$/m);
  assert.match(text, /^ {2}none declared$/m);
});

Deno.test("describeEntry() lets no control character of an entry through", () => {
  const shown = loaded("show.yaml", true);
  const title = "Pa\u001b[31mint\nRuns on  nothing";
  const entry = { ...shown.entry, title, description: "One\u0007\nTwo" };
  const text = describeEntry({ ...shown, entry }) +
    describeList([{ ...shown, entry }]);
  assert.doesNotMatch(text, /[^\P{Cc}\n]/u);
  assert.doesNotMatch(text, /^Runs on {2}nothing/m);
  assert.match(text, /^One\nTwo$/m);
});

function loaded(name: string, shipped: boolean): LoadedEntry {
  const source = { name, text: read(name), language: "yaml" } as const;
  const { entry, diagnostics } = checkEntry(source);
  assert.ok(entry);
  const root = { dir: "/registry", shipped };
  const file = `/registry/${name}`;
  const { ref } = entry;
  return { ref, entry, diagnostics, source, file, root, dir: "/registry" };
}

function read(name: string): string {
  return Deno.readTextFileSync(new URL(name, DIR));
}

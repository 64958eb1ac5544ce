import assert from "node:assert/strict";
import { openRegistry, rootsFrom, SHIPPED_DIR } from "../../../registry/mod.ts";
import { judge } from "../../../schemas/checker.ts";
import { documentKind, type Source } from "../../../schemas/mod.ts";
import json from "../../../editors/vscode/snippets/json.json" with {
  type: "json",
};
import yaml from "../../../editors/vscode/snippets/yaml.json" with {
  type: "json",
};

interface Snippet {
  readonly prefix: string;
  readonly body: string | readonly string[];
}

/** What a snippet becomes when nothing of it is changed. */
function expanded({ body }: Snippet): string {
  return [body].flat().join("\n")
    .replace(/\$\{\d+\|([^,|]*)[^|]*\|\}/g, "$1")
    .replace(/\$\{\d+:([^}]*)\}/g, "$1")
    .replace(/(?<!\\)\$\d+/g, "")
    .replaceAll("\\$", "$");
}

const NAMES: Readonly<Record<string, string>> = {
  "theory-inputs": "inputs",
  "theory-inputs-attach": "inputs",
  "theory-entry": "registry",
  "theory-settings": "theory",
};

const ALL = { json, yaml };

for (const language of ["json", "yaml"] as const) {
  const snippets = ALL[language];
  for (const [title, snippet] of Object.entries(snippets)) {
    const name = NAMES[snippet.prefix];
    if (name === undefined) continue;
    Deno.test(`the snippet ${title} is a right document in ${language}`, () => {
      const source = {
        name: `${name}.${language}`,
        text: expanded(snippet),
        language,
      };
      assert.deepEqual(errorsIn(source), []);
    });
  }
}

Deno.test("snippets are the same in both languages, where both can hold them", () => {
  const prefixes = Object.values(json).map(({ prefix }) => prefix);
  const all = Object.values(yaml).map(({ prefix }) => prefix);
  assert.deepEqual(prefixes.filter((each) => !all.includes(each)), []);
  const attach = json.Attachment;
  assert.deepEqual(JSON.parse(expanded(attach)), { $attach: "name" });
});

function errorsIn(source: Source) {
  const kind = documentKind(source);
  assert.ok(kind !== undefined, "it is known for what it is");
  const registry = openRegistry(
    rootsFrom({ cwd: "/", shippedDir: SHIPPED_DIR }),
  );
  const { diagnostics } = judge(source, kind, {
    registry: {
      entry: (ref) => registry.entry(ref)?.entry,
      refs: registry.list().map(({ entry }) => entry.ref),
    },
    attachments: new Map(),
    attachmentsComplete: false,
    probe: () => ({ kind: "file", size: 1 }),
  });
  return diagnostics.filter(({ severity }) => severity === "error");
}

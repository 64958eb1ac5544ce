import assert from "node:assert/strict";
import { completions } from "../../lsp/features/completion.ts";
import { documented } from "../../lsp/features/completion_resolve.ts";
import { hasErrors, languageOf } from "../../schemas/mod.ts";
import { check, parse } from "../../schemas/checker.ts";
import { applied } from "./apply_completion.ts";
import { markedView } from "./marked_view.ts";
import { plainHost } from "./plain_host.ts";
import { ABLE, plainScope, UNABLE } from "./plain_scope.ts";

const HOST = plainHost({
  "/project/photo.jpg": "x",
  "/project/img/a b.png": "y",
  "/project/.hidden": "z",
});

const REF = "llm/litellm@1";

function complete(name: string, text: string, client = ABLE) {
  const { view, offset } = markedView(name, text, HOST);
  const items = completions(view, offset, plainScope(HOST, { client }));
  return { view, items, labels: items.map(({ label }) => label) };
}

/** What is proposed first, by document, in both languages. */
const CASES: readonly (readonly [string, string, readonly string[]])[] = [
  [
    "inputs.json",
    `{"$processor": "${REF}", "schema": "v1", "params": {"mo|`,
    ["messages", "model", "stream"],
  ],
  [
    "inputs.yaml",
    `$processor: ${REF}\nschema: v1\nparams:\n  |`,
    ["messages", "model", "stream"],
  ],
  [
    "inputs.json",
    `{"$processor": "${REF}", "params": {"messages": [{"role": "|"}]}}`,
    ["user", "system", "developer", "assistant"],
  ],
  [
    "inputs.yaml",
    `$processor: ${REF}\nparams:\n  messages:\n    - role: |`,
    ["user", "system", "developer", "assistant"],
  ],
  [
    "inputs.json",
    `{"$processor": "${REF}", "params": {"messages": [{"content": [{"type": "text", |}]}]}}`,
    ["text"],
  ],
  [
    "inputs.yaml",
    `$processor: ${REF}\nparams:\n  messages:\n    - content:\n        - type: text\n          |`,
    ["text"],
  ],
  [
    "inputs.yaml",
    `$processor: ${REF}\nparams:\n  messages:\n    |`,
    ["{content: Hello}"],
  ],
  [
    "inputs.yaml",
    `$processor: ${REF}\nparams: {messages: [], mo|`,
    ["model", "stream"],
  ],
  [
    "inputs.json",
    `{"params": {}\n  |\n}`,
    ["schema", "$schema", "$processor", "$attachments", "mode"],
  ],
  ["inputs.json", `{"$processor": |}`, [REF, "replicate/generic@1"]],
  ["inputs.yaml", "$processor: |", [REF, "replicate/generic@1"]],
  ["inputs.yaml", "# processor: |\nparams:\n", [REF, "replicate/generic@1"]],
  ["inputs.yaml", "# attach: a=|\nparams:\n", ["img/", "photo.jpg", "../"]],
  ["inputs.json", `{"mode": "m|"}`, ["mock", "real", "smoke"]],
  ["inputs.yaml", "mode:|", ["mock", "real", "smoke"]],
  [
    "inputs.json",
    `{"$attachments": {"a": "|"}}`,
    ["img/", "photo.jpg", "../"],
  ],
  ["inputs.yaml", "$attachments:\n  a: img/|", ["img/a b.png"]],
  [
    "inputs.json",
    `{"$attachments": {"pic": "img/a b.png"}, "params": {"x": {"$attach": "|"}}}`,
    ["pic", "photo"],
  ],
  [
    "inputs.yaml",
    "$attachments:\n  pic: img/a b.png\nparams:\n  x:\n    $attach: |",
    ["pic", "photo"],
  ],
  ["inputs.json", "|", [`${REF} document`, "replicate/generic@1 document"]],
  ["inputs.yaml", "|", [`${REF} document`, "replicate/generic@1 document"]],
  ["registry.yaml", "ref: a/b@1\n|", ["inputs"]],
  ["theory.yaml", "inputs:\n  - |", ["files", "ref"]],
  ["theory.yaml", "modal:\n  env: |", ["dev", "staging", "main"]],
  ["inputs.yaml", "# nothing |\n", []],
  ["inputs.yaml", "params:\n  text: >\n    words |\n", []],
];

Deno.test("completions() proposes what a place may hold, also in broken documents", () => {
  for (const [name, text, expected] of CASES) {
    const { labels } = complete(name, text);
    const first = expected.length === 0 ? labels : labels.slice(
      0,
      expected.length,
    );
    assert.deepEqual(first, expected, text);
  }
});

Deno.test("completions() writes items that leave a document that can be read", () => {
  for (const client of [ABLE, UNABLE]) {
    for (const [name, marked] of CASES) {
      const { view, items } = complete(name, marked, client);
      for (const item of items) {
        const text = applied(view, item);
        // Where brackets are missing they still are.
        const closed = `${text}${closers(text)}`;
        const tree = parse({ name, text: closed, language: languageOf(name) });
        assert.deepEqual(
          tree.problems.filter(({ severity }) => severity === "error"),
          [],
          `${item.label} in ${marked}: ${closed}`,
        );
      }
    }
  }
});

/** What the cases leave open. */
function closers(text: string): string {
  const open = [...text].filter((each) => each === "{").length;
  const closed = [...text].filter((each) => each === "}").length;
  return "}".repeat(Math.max(0, open - closed));
}

Deno.test("completions() writes whole documents that pass the check", () => {
  for (const client of [ABLE, UNABLE]) {
    for (const name of ["inputs.json", "inputs.yaml"]) {
      const { view, items } = complete(name, "|", client);
      const whole = items.filter(({ label }) => label.endsWith(" document"));
      assert.equal(whole.length, 2);
      for (const item of whole) {
        const text = applied(view, item);
        const checked = check({ name, text, language: languageOf(name) }, {
          registry: HOST.registry({ roots: [] }),
          attachments: new Map(),
          attachmentsComplete: true,
          probe: () => ({ kind: "unknown" }),
        });
        assert.ok(!hasErrors(checked.diagnostics), text);
      }
    }
  }
});

Deno.test("completions() replaces the word, keeps its quotes and adds only what is missing", () => {
  const before = `{"$processor": "${REF}", "params": {"mo|": 1}}`;
  const { view, items } = complete("inputs.json", before);
  const model = items.find(({ label }) => label === "model");
  assert.ok(model);
  assert.equal(
    applied(view, model),
    `{"$processor": "${REF}", "params": {"model": 1}}`,
  );
  const late = complete("inputs.json", `{"mode": "mock"\n  |\n}`);
  const schema = late.items.find(({ label }) => label === "schema");
  assert.ok(schema);
  assert.equal(
    applied(late.view, schema),
    '{"mode": "mock",\n  "schema": "v1"\n}',
  );
});

Deno.test("completions() declares the file that an unknown name is for", () => {
  const { view, items } = complete(
    "inputs.yaml",
    "schema: v1\nparams:\n  x:\n    $attach: |",
  );
  const photo = items.find(({ label }) => label === "photo");
  assert.ok(photo);
  assert.equal(
    applied(view, photo),
    "$attachments:\n  photo: photo.jpg\nschema: v1\nparams:\n  x:\n    $attach: photo",
  );
});

Deno.test("documented() adds what the schema says", () => {
  const { view, items } = complete(
    "inputs.yaml",
    `$processor: ${REF}\nparams:\n  |`,
  );
  const [item] = items;
  assert.ok(item);
  const { documentation } = documented(item, view, plainScope(HOST));
  assert.match(JSON.stringify(documentation), /oldest message first/);
});

import assert from "node:assert/strict";
import type { CodeAction, Diagnostic } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { inProject, type Project } from "./project_client.ts";

const HEX = "0123456789abcdef".repeat(4);
const ENTRY = `ref: demo/word@1
handler: handler.ts
inputs:
  $schema: http://json-schema.org/draft-07/schema#
  type: object
  required: [schema, params]
  properties:
    schema: {const: v1}
    params: {type: object}
outputs: []
`;

/** One change of an entry that is right, what is found about it, and what its fix makes of it. */
interface Case {
  readonly claim: string;
  readonly change: readonly [from: string, to: string];
  readonly code: string;
  readonly severity: "error" | "warning" | "hint";
  /** The text at the finding. */
  readonly place: string;
  /** Of the changed part, after the fix; missing when there is none. */
  readonly fixed?: string;
}

const IMAGE = "handler: handler.ts\nimage:\n  oci: ";

const CASES: readonly Case[] = [
  {
    claim: "a ref that is not that of its folder",
    change: ["demo/word@1", "demo/work@2"],
    code: "ERR_ENTRY_REF_FOLDER",
    severity: "error",
    place: "demo/work@2",
    fixed: "demo/word@1",
  },
  {
    claim: "a ref that is none",
    change: ["demo/word@1", "Word"],
    code: "ERR_REF_INVALID",
    severity: "error",
    place: "Word",
    fixed: "demo/word@1",
  },
  {
    claim: "an image that is named by tag",
    change: ["handler: handler.ts", `${IMAGE}example.org/x:1`],
    code: "WARN_IMAGE_UNPINNED",
    severity: "warning",
    place: "example.org/x:1",
  },
  {
    claim: "a digest that is too short",
    change: ["handler: handler.ts", `${IMAGE}example.org/x@sha256:0123`],
    code: "WARN_IMAGE_UNPINNED",
    severity: "warning",
    place: "example.org/x@sha256:0123",
  },
  {
    claim: "a digest that is not in its form",
    change: [
      "handler: handler.ts",
      `${IMAGE}example.org/x@sha256:${HEX.toUpperCase()}`,
    ],
    code: "WARN_IMAGE_UNPINNED",
    severity: "warning",
    place: `example.org/x@sha256:${HEX.toUpperCase()}`,
    fixed: `${IMAGE}example.org/x@sha256:${HEX}`,
  },
  {
    claim: "draft-07 by its address with https",
    change: ["http://json-schema", "https://json-schema"],
    code: "HINT_SCHEMA_HTTPS",
    severity: "hint",
    place: "https://json-schema.org/draft-07/schema#",
    fixed: "http://json-schema",
  },
  {
    claim: "another dialect than draft-07",
    change: [
      "http://json-schema.org/draft-07/schema#",
      "https://json-schema.org/draft/2020-12/schema",
    ],
    code: "ERR_ENTRY_SCHEMA",
    severity: "error",
    place: "https://json-schema.org/draft/2020-12/schema",
    fixed: "http://json-schema.org/draft-07/schema#",
  },
  {
    claim: "a required key that is not among the properties",
    change: ["[schema, params]", "[schema, parms]"],
    code: "WARN_SCHEMA_REQUIRED",
    severity: "warning",
    place: "parms",
    fixed: "[schema, params]",
  },
  {
    claim: "a type that draft-07 does not know",
    change: ["params: {type: object}", "params: {type: objet}"],
    code: "ERR_ENTRY_SCHEMA",
    severity: "error",
    place: "objet",
  },
  {
    claim: "a limit that is no number",
    change: [
      "params: {type: object}",
      "params: {items: [{maxLength: 3}, {maxLength: -1}]}",
    ],
    code: "ERR_ENTRY_SCHEMA",
    severity: "error",
    place: "-1",
  },
  {
    claim: "properties that are a list",
    change: ["params: {type: object}", "params: {properties: [a, b]}"],
    code: "ERR_ENTRY_SCHEMA",
    severity: "error",
    place: "[a, b]",
  },
  {
    claim: "a part that the schema does not have",
    change: [
      "params: {type: object}",
      "params: {$ref: '#/definitions/nothing'}",
    ],
    code: "ERR_ENTRY_SCHEMA",
    severity: "error",
    place: "'#/definitions/nothing'",
  },
  {
    claim: "outputs whose schema is none",
    change: [
      "outputs: []",
      "outputs: {type: object, properties: {text: {type: strng}}}",
    ],
    code: "ERR_ENTRY_SCHEMA",
    severity: "error",
    place: "strng",
  },
  {
    claim: "a key that entries do not have",
    change: ["outputs: []", "output: []"],
    code: "ERR_KEY_UNKNOWN",
    severity: "error",
    place: "output",
    fixed: "outputs: []",
  },
];

const NAME = "shelf/demo/word/1/registry.yaml";
const FILES = { [NAME]: ENTRY, "shelf/demo/word/1/handler.ts": "" };
const SEVERITIES = { error: 1, warning: 2, hint: 4 };

for (const { claim, change: [from, to], code, ...each } of CASES) {
  Deno.test(`lsp finds ${claim} in a registry.yaml${each.fixed === undefined ? "" : ", and mends it"}`, async () => {
    const text = ENTRY.replace(from, () => to);
    await inProject(FILES, async (project) => {
      const { client, uri } = project;
      client.open(uri(NAME), text);
      const { diagnostics } = await client.findings(uri(NAME), 1);
      const found = diagnostics.find((one) => one.code === code);
      assert.ok(found !== undefined, JSON.stringify(diagnostics));
      assert.equal(found.severity, SEVERITIES[each.severity]);
      assert.equal(at(text, found), each.place);
      const fixed = await mended(project, text, found);
      if (each.fixed === undefined) return;
      assert.equal(fixed, ENTRY.replace(from, () => each.fixed ?? ""));
      client.change(uri(NAME), 2, fixed);
      assert.deepEqual((await client.findings(uri(NAME), 2)).diagnostics, []);
    }, LITERALS);
  });
}

const LITERALS = {
  capabilities: {
    textDocument: {
      codeAction: {
        codeActionLiteralSupport: { codeActionKind: { valueSet: [] } },
      },
    },
  },
};

Deno.test("lsp finds nothing about an entry that is right, pinned by digest", async () => {
  const text = ENTRY.replace(
    "handler: handler.ts",
    `${IMAGE}example.org/x@sha256:${HEX}`,
  );
  await inProject(FILES, async ({ client, uri }) => {
    client.open(uri(NAME), text);
    assert.deepEqual((await client.findings(uri(NAME))).diagnostics, []);
  });
});

Deno.test("lsp judges the defaults of a theory.yaml as check does", async () => {
  const text = "defaults:\n  write-prefx: x\n  mode: reel\n  json: 3\n";
  await inProject({ "theory.yaml": text }, async ({ client, open }) => {
    const { diagnostics } = await client.findings(open("theory.yaml"));
    assert.deepEqual(
      diagnostics.map((each) => [each.code, at(text, each)]),
      [
        ["ERR_KEY_UNKNOWN", "write-prefx"],
        ["ERR_VALUE", "reel"],
        ["ERR_VALUE", "3"],
      ],
    );
  });
});

/** The text that a finding is about. */
function at(text: string, { range }: Diagnostic): string {
  return TextDocument.create("", "yaml", 1, text).getText(range);
}

/** The text after the preferred fix of a finding, or the first one; the text itself when there is none. */
async function mended(
  { client, uri }: Project,
  text: string,
  found: Diagnostic,
): Promise<string> {
  const actions = await client.request<CodeAction[]>(
    "textDocument/codeAction",
    {
      textDocument: { uri: uri(NAME) },
      range: found.range,
      context: { diagnostics: [found], only: ["quickfix"] },
    },
  );
  const fixes = actions.filter(({ diagnostics = [] }) =>
    diagnostics.some(({ code }) => code === found.code)
  );
  const fix = fixes.find(({ isPreferred }) => isPreferred) ?? fixes[0];
  const edits = fix?.edit?.changes?.[uri(NAME)] ?? [];
  const document = TextDocument.create(uri(NAME), "yaml", 1, text);
  return TextDocument.applyEdits(document, edits);
}

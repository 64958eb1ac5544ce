import assert from "node:assert/strict";
import { basename, dirname, join } from "node:path";
import type { Diagnostic, Range } from "vscode-languageserver";
import type { DiagnosticData } from "../../../lsp/server/to_lsp.ts";
import { theory } from "../../cli/theory.ts";
import { CORPUS, corpus, filesBelow, renamed } from "./corpus.ts";
import { entryText, type Files, inProject } from "./project_client.ts";
import { startedClient, TOOLKIT } from "./wire_client.ts";

/** Folders of entries, taken over with their handlers. */
const ENTRIES = [
  "registry/llm/litellm/1",
  "registry/replicate/generic/1",
  "tests/cli/testdata/leaky/demo/leaky/1",
];

/** Settings whose values are right and wrong for the flags of commands. */
const DEFAULTS = {
  name: "defaults/theory.yaml",
  text: "defaults:\n  write-prefx: x\n  mode: reel\n  json: true\n",
};

Deno.test("lsp says about every document of the corpus what check --format json says", async () => {
  const root = await Deno.makeTempDir();
  try {
    const names = await collect(root);
    assert.ok(names.length > 200, `${names.length} documents`);
    const said = await checked(names, root);
    const shown = await served(names, root);
    for (const name of names) {
      assert.equal(shown.get(name), said.get(name) ?? "", name);
    }
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});

/** A folder whose settings say what its documents are for and attach, which some documents say better themselves. */
const PROJECT: Files = {
  "theory.yaml":
    "registry: [shelf, gone]\ninputs:\n  - files: ['a/**', 'lost.inputs.*']\n    ref: demo/word@1\n    attach: {photo: p.png, lost: gone.png}\n  - {files: 'b/*', ref: no/such@1}\n",
  "shelf/demo/word/1/registry.yaml": entryText("demo/word@1", ["one", "two"]),
  "shelf/demo/word/1/handler.ts": "",
  "shelf/demo/word/1/near.inputs.json":
    '{"schema": "v1", "params": {"word": "three"}}',
  "shelf/demo/broken/1/registry.yaml": "ref: demo/broken@1\ninputs: 3\n",
  "d.inputs.yaml": "schema: v1\n$processor: demo/broken@1\nparams: {}\n",
  "p.png": "png",
  "a/deep/right.inputs.yaml":
    "schema: v1\nparams: {word: one, file: {$attach: photo}}\n",
  "a/lost.inputs.yaml":
    "schema: v1\nparams: {word: two, file: {$attach: lost}}\n",
  "a/unknown.inputs.json":
    '{"schema": "v1", "params": {"word": 1, "file": {"$attach": "foto"}}}',
  "a/own.inputs.yaml":
    "# processor: llm/litellm@1\nschema: v1\nparams: {word: one}\n",
  "b/right.inputs.yaml": "schema: v1\nparams: {word: one}\n",
  "c/none.inputs.yaml": "schema: v1\nparams: {word: {$attach: photo}}\n",
};

Deno.test("lsp says what check says where settings and entries around documents count", async () => {
  await inProject(PROJECT, async ({ dir }) => {
    const names = Object.keys(PROJECT)
      .filter((name) => /\.(?:json|yaml)$/.test(name));
    const said = await checked(names, dir);
    const shown = await served(names, dir);
    for (const name of names) {
      assert.equal(shown.get(name), said.get(name) ?? "", name);
    }
    assert.equal(said.size, 9, [...said.keys()].join());
  });
});

/** A folder with settings of its own inside of another one. */
const NESTED: Files = {
  "theory.yaml":
    "registry: [shelf]\ninputs:\n  - files: '**/*.inputs.yaml'\n    ref: demo/word@1\n    attach: {photo: gone.png}\n",
  "shelf/demo/word/1/registry.yaml": entryText("demo/word@1", ["one"]),
  "shelf/demo/word/1/handler.ts": "",
  "team/theory.yaml":
    "registry: [own]\ninputs:\n  - files: '*.inputs.yaml'\n    ref: demo/team@1\n",
  "team/own/demo/team/1/registry.yaml": entryText("demo/team@1", ["two"]),
  "team/own/demo/team/1/handler.ts": "",
  "a.inputs.yaml": "schema: v1\nparams: {word: two, file: {$attach: photo}}\n",
  "team/a.inputs.yaml":
    "schema: v1\nparams: {word: one, file: {$attach: photo}}\n",
  "team/own.inputs.yaml":
    "schema: v1\n$processor: demo/word@1\nparams: {word: one}\n",
  "team/deep/a.inputs.yaml": "schema: v1\nparams: {word: two}\n",
};

Deno.test("lsp says what check says in the folder of a document, where settings stand inside of others", async () => {
  await inProject(NESTED, async ({ dir }) => {
    const names = Object.keys(NESTED).filter((name) => /inputs/.test(name));
    const shown = await served(names, dir);
    for (const name of names) {
      const file = basename(name);
      const said = await checked([file], join(dir, dirname(name)));
      const lines = said.get(file) ?? "";
      const expected = lines.replaceAll(`"file":"${file}"`, `"file":"${name}"`);
      assert.equal(shown.get(name), expected, name);
    }
    const codes = names.map((name) =>
      [...(shown.get(name) ?? "").matchAll(/"code":"(\w+)"/g)]
        .map(([, code]) => code)
    );
    assert.deepEqual(codes, [
      ["ERR_VALUE", "ERR_ATTACH_MISSING"],
      ["ERR_VALUE", "HINT_ATTACH_UNDECLARED"],
      ["ERR_REF_UNKNOWN"],
      [],
    ]);
  });
});

/** Copies the corpus to where every document is recognised by its name; answers relative paths. */
async function collect(root: string): Promise<readonly string[]> {
  for (const folder of CORPUS) {
    for (const file of filesBelow(join(TOOLKIT, folder))) {
      await copied(file, join(root, renamed(file.slice(TOOLKIT.length + 1))));
    }
  }
  const names = corpus().map(({ name }) => name);
  for (const [i, folder] of ENTRIES.entries()) {
    const copy = i === 0 ? folder : join("entries", folder);
    for (const file of filesBelow(join(TOOLKIT, folder))) {
      const name = join(copy, file.slice(join(TOOLKIT, folder).length + 1));
      await copied(file, join(root, name));
    }
    names.push(join(copy, "registry.yaml"));
  }
  await Deno.mkdir(join(root, "defaults"));
  await Deno.writeTextFile(join(root, DEFAULTS.name), DEFAULTS.text);
  return [...names, DEFAULTS.name];
}

async function copied(file: string, copy: string): Promise<void> {
  await Deno.mkdir(dirname(copy), { recursive: true });
  await Deno.copyFile(file, copy);
}

/** What is said about each document, as the lines of the report. */
type Said = ReadonlyMap<string, string>;

async function checked(names: readonly string[], cwd: string): Promise<Said> {
  const { stdout, stderr } = await theory(
    ["check", ...names, "--format", "json"],
    { cwd },
  );
  assert.equal(stderr, "");
  const lines = stdout.split("\n").slice(1, -2)
    .map((line) => line.replace(/,$/, ""));
  const byFile = Map.groupBy(lines, (line) => String(JSON.parse(line).file));
  return new Map([...byFile].map(([file, lines]) => [file, lines.join("\n")]));
}

async function served(names: readonly string[], cwd: string): Promise<Said> {
  await using client = await startedClient({
    cwd,
    capabilities: {
      textDocument: {
        publishDiagnostics: {
          relatedInformation: true,
          codeDescriptionSupport: true,
        },
      },
    },
  });
  const shown = new Map<string, string>();
  for (const name of names) {
    const uri = `file://${join(cwd, name)}`;
    const text = new TextDecoder("utf-8", { ignoreBOM: true })
      .decode(Deno.readFileSync(join(cwd, name)));
    client.open(uri, text);
    const { diagnostics } = await client.findings(uri);
    const ahead = text.startsWith("\ufeff") ? 1 : 0;
    const rows = diagnostics.map((each) => ({
      file: name,
      ...asCheck(each, ahead),
    }));
    shown.set(name, rows.map((row) => JSON.stringify(row)).join("\n"));
    client.notify("textDocument/didClose", { textDocument: { uri } });
  }
  assert.equal(await client.stop(), 0);
  return shown;
}

const SEVERITIES = ["", "error", "warning", "info", "hint"];

/** The way back from the protocol. */
function asCheck(each: Diagnostic, ahead: number) {
  const { expected, fixes, pointer }: DiagnosticData = each.data;
  const place = (
    { line, character }: { readonly line: number; readonly character: number },
  ) => ({
    line: line + 1,
    column: character + 1 - (line === 0 ? ahead : 0),
  });
  const range = ({ start, end }: Range) => ({
    start: place(start),
    end: place(end),
  });
  assert.ok(
    each.codeDescription?.href.endsWith(String(each.code).toLowerCase()),
  );
  return {
    code: each.code,
    severity: SEVERITIES[each.severity ?? 0],
    message: each.message,
    pointer,
    range: range(each.range),
    ...(expected === undefined ? {} : { expected }),
    ...(fixes === undefined ? {} : {
      fixes: fixes.map(({ title, edits, choice }) => ({
        title,
        ...(choice === true ? { choice } : {}),
        edits: edits.map(({ range: where, text }) => ({
          range: range(where),
          text,
        })),
      })),
    }),
    docs: `explain ${each.code}`,
  };
}

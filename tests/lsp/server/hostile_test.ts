import assert from "node:assert/strict";
import { documentOf } from "../../../bench/lsp/document.ts";
import { LARGE } from "../../../lsp/server/serve.ts";
import { startedClient } from "./wire_client.ts";

const KEYS = Array.from({ length: 40_000 }, (_, i) => `k${i}`);
const DEPTH = 5_000;

/** Documents that have brought down other servers, by name. */
const HOSTILE: readonly (readonly [name: string, text: string])[] = [
  ["keys.inputs.json", `{${KEYS.map((key) => `"${key}": 1`).join(",\n")}}`],
  ["keys.inputs.yaml", KEYS.map((key) => `${key}: 1\n`).join("")],
  ["deep.inputs.json", "[".repeat(DEPTH)],
  ["closed.inputs.json", `${"[".repeat(DEPTH)}${"]".repeat(DEPTH)}`],
  ["deep.inputs.yaml", "[".repeat(DEPTH)],
  ["objects.inputs.json", '{"a":'.repeat(DEPTH)],
  ["dashes.inputs.yaml", "- ".repeat(DEPTH)],
  [
    "indents.inputs.yaml",
    Array.from({ length: 2_000 }, (_, i) => `${" ".repeat(i)}a:`).join("\n"),
  ],
  [
    "laughs.inputs.yaml",
    [
      "a0: &a0 [x, x, x, x, x, x, x, x, x, x]",
      ...Array.from(
        { length: 12 },
        (_, i) =>
          `a${i + 1}: &a${i + 1} [${Array(10).fill(`*a${i}`).join(", ")}]`,
      ),
      "params: *a12",
    ].join("\n"),
  ],
  ["merges.inputs.yaml", merges(4_000)],
  ["quotes.inputs.yaml", '"\n'.repeat(20_000)],
  ["colons.inputs.yaml", ": ".repeat(20_000)],
  ["commas.inputs.json", ",".repeat(50_000)],
];

const TEN_MEGABYTES = (["json", "yaml"] as const).map((language) =>
  [
    `large.inputs.${language}`,
    documentOf(language, { size: 10_000_000, ours: true }).text,
  ] as const
);

Deno.test("lsp answers about hostile documents, and lives on", async () => {
  await using client = await startedClient();
  for (const [name, text] of HOSTILE) {
    const uri = `file:///project/${name}`;
    client.open(uri, text);
    const { diagnostics } = await client.findings(uri);
    assert.ok(diagnostics.length > 0, name);
    assert.ok(diagnostics.length < 50_000, `${name}: ${diagnostics.length}`);
  }
  for (const [name] of HOSTILE) {
    const textDocument = { uri: `file:///project/${name}` };
    const position = { line: 0, character: 3 };
    for (const provider of ["documentSymbol", "foldingRange"]) {
      await client.request(`textDocument/${provider}`, { textDocument });
    }
    await client.request("textDocument/definition", { textDocument, position });
  }
  assert.equal(await client.stop(), 0);
});

Deno.test("lsp answers shutdown before it has checked a document that takes long", async () => {
  const large = HOSTILE.filter(([, { length }]) => length >= LARGE);
  assert.ok(large.length >= 4);
  for (const [name, text] of [...large, ...TEN_MEGABYTES]) {
    await using client = await startedClient();
    const uri = `file:///project/${name}`;
    client.open(uri, text);
    await client.request("shutdown");
    assert.deepEqual(client.published, [], name);
    client.notify("exit");
    assert.equal(await client.ended(), 0, name);
  }
});

/** Each merges the one before. */
function merges(length: number): string {
  const lines = Array.from(
    { length },
    (_, i) => `m${i + 1}: &m${i + 1} {<<: *m${i}, k${i}: 1}`,
  );
  return ["m0: &m0 {k: 1}", ...lines].join("\n");
}

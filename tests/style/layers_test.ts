import assert from "node:assert/strict";
import { forbidden, HOUSE } from "./layers.ts";
import { importsOf } from "./module_graph.ts";
import { repositoryFiles } from "./repository_files.ts";

Deno.test("the imports of the house point one way, through mod.ts", async () => {
  const files = repositoryFiles().filter(isSource);
  const edges = await importsOf(files);
  assert.ok(edges.length > files.length, "each file imports something");
  assert.deepEqual(forbidden(edges), []);
});

Deno.test("forbidden() reports an import against the direction", () => {
  assert.deepEqual(
    forbidden([
      { from: "schemas/check.ts", to: "adapters/mod.ts" },
      { from: "adapters/ports.ts", to: "runtime/mod.ts" },
      { from: "lsp/features/hover.ts", to: "cli/mod.ts" },
      { from: "cli/run.ts", to: "main.ts" },
    ]),
    [
      "schemas/check.ts → adapters/mod.ts: schemas may not import adapters",
      "adapters/ports.ts → runtime/mod.ts: adapters may not import runtime",
      "lsp/features/hover.ts → cli/mod.ts: lsp may not import cli",
      "cli/run.ts → main.ts: cli may not import main.ts",
    ],
  );
});

Deno.test("forbidden() reports a folder entered beside its mod.ts", () => {
  assert.deepEqual(
    forbidden([{ from: "cli/run.ts", to: "adapters/local/adapter.ts" }]),
    [
      "cli/run.ts → adapters/local/adapter.ts: enter adapters by its mod.ts",
    ],
  );
});

Deno.test("forbidden() lets folders in by their doors", () => {
  assert.deepEqual(
    forbidden([
      { from: "main.ts", to: "cli/mod.ts" },
      { from: "cli/run.ts", to: "cli/flags/table.ts" },
      { from: "registry/llm/litellm/1/handler.ts", to: "schemas/handler.ts" },
      { from: "lsp/schema.ts", to: "schemas/json/inputs_v1.json" },
    ]),
    [],
  );
});

function isSource(path: string): boolean {
  return HOUSE.includes(path.split("/")[0] ?? "") && /\.m?tsx?$/.test(path);
}

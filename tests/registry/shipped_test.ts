import assert from "node:assert/strict";
import { openRegistry, rootsFrom, SHIPPED_DIR } from "../../registry/mod.ts";
import { check, exampleFor } from "../../schemas/checker.ts";
import { checkEntry } from "../../schemas/checker.ts";

const registry = openRegistry(rootsFrom({ cwd: "/", shippedDir: SHIPPED_DIR }));

Deno.test("scan() finds the shipped processors and nothing else", () => {
  assert.deepEqual(registry.scan().map(({ ref }) => ref), [
    "llm/litellm@1",
    "replicate/generic@1",
  ]);
});

for (const { ref, diagnostics, entry } of registry.scan()) {
  Deno.test(`scan() finds nothing wrong with ${ref}`, () => {
    assert.deepEqual(diagnostics, []);
  });

  Deno.test(`check() finds nothing wrong with the example for ${ref}`, () => {
    assert.ok(entry);
    const text = JSON.stringify(exampleFor(entry), null, 2);
    const source = { name: "example.json", text, language: "json" } as const;
    const { diagnostics } = check(source, {
      registry: {
        entry: (ref) => registry.entry(ref)?.entry,
        refs: [ref],
      },
      attachments: new Map(),
      attachmentsComplete: true,
      probe: () => ({ kind: "missing" }),
    });
    assert.deepEqual(diagnostics, []);
  });
}

Deno.test("the template of new processors is an entry without errors", () => {
  const name = `${SHIPPED_DIR}/template/registry.yaml`;
  const text = Deno.readTextFileSync(name);
  const { diagnostics } = checkEntry({ name, text, language: "yaml" });
  assert.deepEqual(diagnostics, []);
});

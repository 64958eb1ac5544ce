import assert from "node:assert/strict";
import type { RegistryRoot } from "../../registry/mod.ts";
import { openRegistry } from "../../registry/mod.ts";
import { Failure } from "../../schemas/mod.ts";
import { entryText, tempRegistry } from "./temp_registry.ts";

const NEW = "demo/echo/1/registry.yaml";

Deno.test("entry() answers the entry of the first root that has it", () => {
  using first = tempRegistry({ [NEW]: entryText("demo/echo@1", "first") });
  using second = tempRegistry({
    [NEW]: entryText("demo/echo@1", "second"),
    "demo/other/2/registry.yaml": entryText("demo/other@2", "other"),
  });
  const registry = openRegistry([root(first), root(second)]);
  const found = registry.entry("demo/echo@1");
  assert.equal(found?.entry.title, "Entry first");
  assert.equal(found?.dir, `${first.dir}/demo/echo/1`);
  assert.equal(registry.entry("demo/other@2")?.root.dir, second.dir);
  assert.equal(registry.entry("demo/echo@2"), undefined);
  assert.equal(registry.entry("../../etc@1"), undefined);
});

for (const place of ["demo_echo.yaml", "demo_echo/registry.yaml"]) {
  Deno.test(`entry() finds an entry at the older place ${place}`, () => {
    using older = tempRegistry({ [place]: entryText("demo/echo@3") });
    const registry = openRegistry([root(older)]);
    assert.equal(registry.entry("demo/echo@3")?.file, `${older.dir}/${place}`);
    assert.equal(registry.entry("demo/echo@1"), undefined);
    assert.deepEqual(registry.list().map(({ ref }) => ref), ["demo/echo@3"]);
  });
}

Deno.test("list() is sorted, scan() has wrong and shadowed documents too", () => {
  using first = tempRegistry({
    "zoo/last/1/registry.yaml": entryText("zoo/last@1"),
    [NEW]: entryText("demo/echo@1"),
    "demo/broken/1/registry.yaml": "ref: [",
    "demo/echo/latest/registry.yaml": entryText("demo/echo@1"),
    "docker_compose.yaml": "services: {}",
    "README.md": "Not an entry",
    ".git/hooks/1/registry.yaml": entryText("git/hooks@1"),
  });
  using second = tempRegistry({ [NEW]: entryText("demo/echo@1") });
  const registry = openRegistry([root(first), root(second)]);
  assert.deepEqual(registry.list().map(({ ref }) => ref), [
    "demo/echo@1",
    "zoo/last@1",
  ]);
  assert.deepEqual(
    registry.scan().map(({ ref, shadowedBy }) => [ref, shadowedBy]),
    [
      ["demo/broken@1", undefined],
      ["demo/echo@1", undefined],
      ["zoo/last@1", undefined],
      ["demo/echo@1", `${first.dir}/${NEW}`],
    ],
  );
});

Deno.test("require() suggests a ref that is near", () => {
  using known = tempRegistry({ [NEW]: entryText("demo/echo@1") });
  const registry = openRegistry([root(known)]);
  assertFails(() => registry.require("demo/ecco@1"), {
    code: "ERR_REF_UNKNOWN",
    message:
      'Cannot find processor "demo/ecco@1": no registry root has it, did you mean "demo/echo@1"',
  });
  assertFails(() => registry.require("other/thing@12"), {
    code: "ERR_REF_UNKNOWN",
    message: 'Cannot find processor "other/thing@12": no registry root has it',
  });
});

Deno.test("require() refuses what is not a ref", () => {
  using empty = tempRegistry({});
  const registry = openRegistry([root(empty)]);
  assertFails(() => registry.require("demo/echo"), {
    code: "ERR_REF_INVALID",
    message: 'Cannot use "demo/echo" as a ref: it is not ns/name@version',
  });
});

Deno.test("require() refuses an entry with errors, load() answers it", () => {
  using wrong = tempRegistry({ [NEW]: entryText("demo/other@1") });
  const registry = openRegistry([root(wrong)]);
  assertFails(() => registry.require("demo/echo@1"), {
    code: "ERR_REGISTRY_ENTRY",
    message:
      `Cannot use processor "demo/echo@1": its entry has errors, ${wrong.dir}/${NEW}:1:6 ERR_ENTRY_REF_FOLDER`,
  });
  const { diagnostics } = registry.load("demo/echo@1");
  assert.deepEqual(diagnostics.map(({ code }) => code), [
    "ERR_ENTRY_REF_FOLDER",
  ]);
});

Deno.test("entry() throws for a document that is not an entry", () => {
  using wrong = tempRegistry({ [NEW]: "- a list\n" });
  const registry = openRegistry([root(wrong)]);
  assertFails(() => registry.entry("demo/echo@1"), {
    code: "ERR_REGISTRY_ENTRY",
    message:
      `Cannot use processor "demo/echo@1": its entry has errors, ${wrong.dir}/${NEW}:1:1 ERR_VALUE_TYPE`,
  });
});

Deno.test("load() says that a document is not UTF-8", () => {
  using wrong = tempRegistry({ [NEW]: "" });
  Deno.writeFileSync(`${wrong.dir}/${NEW}`, new Uint8Array([0x72, 0xff]));
  const { diagnostics, entry } = openRegistry([root(wrong)]).load(
    "demo/echo@1",
  );
  assert.deepEqual(diagnostics.map(({ code }) => code), [
    "ERR_DOCUMENT_ENCODING",
  ]);
  assert.equal(entry, undefined);
});

Deno.test("a root that is missing or a file is ERR_REGISTRY_ROOT", () => {
  using files = tempRegistry({ file: "" });
  const missing = root({ dir: `${files.dir}/missing` });
  assertFails(() => openRegistry([missing]).entry("demo/echo@1"), {
    code: "ERR_REGISTRY_ROOT",
    message:
      `Cannot read registry root "${files.dir}/missing": there is no such folder`,
  });
  const file = root({ dir: `${files.dir}/file` });
  assertFails(() => openRegistry([file]).list(), {
    code: "ERR_REGISTRY_ROOT",
    message:
      `Cannot read registry root "${files.dir}/file": it is not a folder`,
  });
});

Deno.test("entry() says that a handler is missing, and finds one that is there", () => {
  const text = "ref: demo/echo@1\nhandler: handler.ts\ninputs: {}\n";
  using without = tempRegistry({ [NEW]: text });
  using whole = tempRegistry({ [NEW]: text, "demo/echo/1/handler.ts": "" });
  const codes = (dir: { readonly dir: string }) =>
    openRegistry([root(dir)]).entry("demo/echo@1")?.diagnostics
      .map(({ code }) => code);
  assert.deepEqual(codes(without), ["ERR_ENTRY_HANDLER"]);
  assert.deepEqual(codes(whole), []);
});

function root({ dir }: { readonly dir: string }): RegistryRoot {
  return { dir, shipped: false };
}

function assertFails(
  act: () => unknown,
  expected: { readonly code: string; readonly message: string },
): void {
  assert.throws(act, (error) => {
    assert.ok(error instanceof Failure, `${error}`);
    const { code, message } = error;
    assert.deepEqual({ code, message }, expected);
    return true;
  });
}

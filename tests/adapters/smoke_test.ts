import assert from "node:assert/strict";
import { memoryStore } from "../../adapters/mod.ts";
import { smokeOutputs } from "../../adapters/outputs/smoke.ts";
import type { DeclaredOutput, WorldPath } from "../../schemas/mod.ts";
import { indexJson } from "../../schemas/mod.ts";
import { entryWith, prefix } from "./entry_fixture.ts";
import { read } from "./store_content.ts";

const PREFIX = prefix("/artifacts/outputs/demo_e/{execution_id}/");

Deno.test("smokeOutputs() makes up every declared output, names and indexes it", async () => {
  const { outputs, store } = await smoke([
    { name: "response", path: "text/response.txt", mime: "text/plain" },
    { path: "usage.json", mime: "application/json", required: true },
    { path: "images/", mime: "image/png" },
    { path: "clip.mp4", mime: "video/mp4" },
  ]);
  assert.deepEqual(
    outputs.map(({ path, mime }) => [path.slice(PREFIX.length), mime]),
    [
      ["clip.mp4", "video/mp4"],
      ["images/sample.png", "image/png"],
      ["text/response.txt", "text/plain"],
      ["usage.json", "application/json"],
    ],
  );
  const index = await store.resolve(
    "/artifacts/execution/E1/outputs.json" as WorldPath,
  );
  assert.ok(index);
  assert.equal(
    new TextDecoder().decode(await read(store, index.cid)),
    indexJson(outputs),
  );
  for (const { path, cid, size_bytes } of outputs) {
    const record = await store.resolve(path as WorldPath);
    assert.deepEqual([record?.cid, record?.size], [cid, size_bytes]);
  }
});

Deno.test("smokeOutputs() depends on the declaration alone", async () => {
  const declared = [
    { path: "a.txt", mime: "text/plain" },
    { path: "b.json", mime: "application/json" },
  ];
  const [first, second] = [await smoke(declared), await smoke(declared)];
  assert.deepEqual(first.outputs, second.outputs);
});

Deno.test("smokeOutputs() writes text that names processor and output", async () => {
  assert.equal(
    await textOf({ name: "answer", path: "a.txt", mime: "text/plain" }),
    "Mock output answer of demo/echo@1\n",
  );
  assert.equal(
    await textOf({ path: "a.csv", mime: "text/csv; charset=utf-8" }),
    "Mock output a.csv of demo/echo@1\n",
  );
});

Deno.test("smokeOutputs() writes JSON, by its schema where there is one", async () => {
  assert.equal(
    await textOf({ name: "usage", path: "u.json", mime: "application/json" }),
    '{"mock":true,"output":"usage","ref":"demo/echo@1"}\n',
  );
  const schema = {
    type: "object",
    required: ["tokens"],
    properties: { tokens: { type: "integer", minimum: 3 } },
  };
  const text = await textOf({
    path: "u.json",
    mime: "application/vnd.usage+json",
    schema,
  });
  assert.ok(JSON.parse(text).tokens >= 3);
});

Deno.test("smokeOutputs() writes images of one pixel", async () => {
  for (const kind of ["png", "gif", "jpeg", "webp", "bmp"]) {
    const bytes = await bytesOf({ path: `i.${kind}`, mime: `image/${kind}` });
    const blob = new Blob([bytes], { type: `image/${kind}` });
    const { width, height } = await createImageBitmap(blob);
    assert.deepEqual([width, height], [1, 1], kind);
  }
});

Deno.test("smokeOutputs() writes the smallest files of other formats", async () => {
  const gzip = await bytesOf({ path: "x.gz", mime: "application/gzip" });
  const empty = new Blob([gzip]).stream().pipeThrough(
    new DecompressionStream("gzip"),
  );
  assert.equal((await new Response(empty).bytes()).length, 0);
  const wasm = await bytesOf({ path: "x.wasm", mime: "application/wasm" });
  assert.ok(WebAssembly.validate(wasm));
  const begins: readonly [string, string][] = [
    ["audio/wav", "RIFF"],
    ["application/pdf", "%PDF-1.4\n"],
    ["application/zip", "PK\u0005\u0006"],
    ["image/svg+xml", "<svg "],
    ["application/atom+xml", "<mock/>"],
    ["text/javascript", "/* Mock"],
  ];
  for (const [mime, start] of begins) {
    const text = await textOf({ path: "x", mime });
    assert.equal(text.slice(0, start.length), start, mime);
  }
  assert.equal((await bytesOf({ path: "x", mime: "video/mp4" })).length, 0);
});

Deno.test("smokeOutputs() refuses two outputs at one path, and paths that leave the prefix", async () => {
  await assert.rejects(smoke([{ path: "a" }, { path: "%61" }]), {
    code: "ERR_OUTPUT_DUPLICATE",
  });
  await assert.rejects(smoke([{ path: "../a" }]), {
    code: "ERR_DOT_SEGMENTS",
    message: /^Cannot place declared output "..\/a": /,
  });
});

async function smoke(declared: readonly Partial<DeclaredOutput>[]) {
  const store = memoryStore();
  const outputs = await smokeOutputs(entryWith(declared), {
    store,
    writePrefix: PREFIX,
    executionId: "E1",
  });
  return { outputs, store };
}

async function bytesOf(
  declared: Partial<DeclaredOutput>,
): Promise<Uint8Array<ArrayBuffer>> {
  const { outputs: [output], store } = await smoke([declared]);
  assert.ok(output);
  return Uint8Array.from(await read(store, output.cid));
}

async function textOf(declared: Partial<DeclaredOutput>): Promise<string> {
  return new TextDecoder().decode(await bytesOf(declared));
}

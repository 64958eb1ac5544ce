import assert from "node:assert/strict";
import { hover } from "../../lsp/features/hover.ts";
import { imageSize } from "../../lsp/features/hover/image_size.ts";
import { inlayHints } from "../../lsp/features/inlay_hints.ts";
import { artifactObject, cidOf } from "../../schemas/mod.ts";
import { markedView } from "./marked_view.ts";
import { plainHost } from "./plain_host.ts";
import { ABLE, plainScope, UNABLE } from "./plain_scope.ts";

const PIXEL = Uint8Array.from(
  atob(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  ),
  (each) => each.charCodeAt(0),
);

function hostWith(bytes: Uint8Array) {
  const { files } = plainHost({ "/project/dot.png": "x" });
  return plainHost({}, {
    files: {
      ...files,
      probe: () => ({ kind: "file", size: bytes.length }),
      head: () => Promise.resolve(bytes),
      cid: () => cidOf(bytes),
    },
  });
}

async function shown(name: string, text: string, client = ABLE) {
  const host = hostWith(PIXEL);
  const { view, offset } = markedView(name, text, host);
  const answer = await hover(view, offset, plainScope(host, { client }));
  const contents = answer?.contents;
  return typeof contents === "object" && "value" in contents
    ? contents.value
    : "";
}

const DOCUMENTS: readonly (readonly [string, string])[] = [
  [
    "inputs.json",
    '{"$attachments": {"dot": "dot.png"}, "params": {"x": {"$attach": "d|ot"}}}',
  ],
  [
    "inputs.yaml",
    "$attachments:\n  dot: dot.png\nparams:\n  x: {$attach: d|ot}\n",
  ],
];

Deno.test("hover() shows an attachment as it will be sent, with a picture where one can be seen", async () => {
  const cid = await cidOf(PIXEL);
  const { $artifact } = artifactObject("dot.png", cid) ?? { $artifact: "" };
  for (const [name, text] of DOCUMENTS) {
    const rich = await shown(name, text);
    const plain = await shown(name, text, UNABLE);
    for (const each of [rich, plain]) {
      assert.ok(each.includes(`"$artifact": "${$artifact}"`), each);
      assert.ok(each.includes("1 × 1 pixels"), each);
    }
    assert.ok(rich.includes("](data:image/png;base64,iVBOR"), rich);
    assert.ok(!plain.includes("data:"), plain);
  }
});

Deno.test("hover() says what the schema of the processor says", async () => {
  const head = '{"$processor": "llm/litellm@1", "schema": "v1", ';
  const key = await shown("inputs.json", `${head}"params": {"mo|del": "x"}}`);
  assert.match(key, /openai\/gpt-4o-mini/);
  const yaml = "$processor: llm/litellm@1\nparams:\n  mo|del: x\n";
  assert.equal(await shown("inputs.yaml", yaml), key);
  const entry = await shown("inputs.yaml", "$processor: llm/lit|ellm@1\n");
  assert.match(entry, /OPENAI_API_KEY/);
  assert.match(await shown("inputs.yaml", "mo|de: mock\n"), /`smoke`/);
  assert.match(await shown("registry.yaml", "runt|ime: {}\n"), /one run/);
});

Deno.test("hover() never echoes a secret", async () => {
  const secret = `sk-${"a1B2c3D4".repeat(4)}`;
  const text = `params:\n  x: {$attach: "${secret}|"}\n`;
  const said = await shown("inputs.yaml", text);
  assert.notEqual(said, "");
  assert.ok(!said.includes(secret), said);
});

Deno.test("inlayHints() tell the file behind an attached name", () => {
  for (const [name, text] of DOCUMENTS) {
    const host = hostWith(PIXEL);
    const { view } = markedView(name, text, host);
    const range = view.range({ start: 0, end: view.source.text.length });
    const labels = inlayHints(view, range, host).map(({ label }) => label);
    assert.deepEqual(labels, [`dot.png, ${PIXEL.length} B`]);
  }
});

Deno.test("imageSize() reads PNG, GIF, WebP and JPEG, and nothing else", () => {
  const bytes = (...parts: readonly (string | number)[]) =>
    Uint8Array.from(
      parts.flatMap((each) =>
        typeof each === "number"
          ? [each]
          : [...each].map((one) => one.charCodeAt(0))
      ),
    );
  assert.deepEqual(imageSize(PIXEL), { width: 1, height: 1 });
  assert.deepEqual(imageSize(bytes("GIF89a", 2, 1, 3, 0)), {
    width: 258,
    height: 3,
  });
  assert.deepEqual(
    imageSize(
      bytes("\xff\xd8\xff\xe0", 0, 4, 1, 2, "\xff\xc0", 0, 17, 8, 0, 5, 1, 0),
    ),
    { width: 256, height: 5 },
  );
  assert.deepEqual(
    imageSize(
      bytes("RIFF....WEBPVP8X....", 0, 0, 0, 0, 9, 0, 0, 19, 0, 0),
    ),
    { width: 10, height: 20 },
  );
  assert.equal(imageSize(bytes("\x89PNG\r\n\x1a\n", 0)), undefined);
  assert.equal(imageSize(bytes("text")), undefined);
});

import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { deflateRawSync } from "node:zlib";
import { holds, messages, write } from "./documents.ts";
import { playgroundPage } from "./page.ts";
import { pageTest } from "./page_test_case.ts";

/** What somebody might put into a link: a description that is more than words. */
const HOSTILE = `ref: demo/hostile@1
handler: handler.ts
inputs:
  type: object
  properties:
    params:
      type: object
      properties:
        name:
          type: string
          description: >-
            Words <b onclick="document.title='acted'">bold</b>
            <img src="https://example.com/seen.png" onerror="document.title='acted'">
            <script>document.title='acted'</script>
            <style>body { display: none }</style>
            <a href="javascript:document.title='acted'">a link</a>
            [another](https://example.com/)
`;

const STATE = {
  language: "yaml",
  text: "$processor: demo/hostile@1\nschema: v1\nparams:\n  name: x\n",
  registry: HOSTILE,
};

pageTest(
  "what a link brings is shown, and does nothing",
  async (page) => {
    await holds(page, "$processor: demo/hostile@1");
    await page.getByText("name", { exact: true }).first().hover();
    const shown = page.locator(".cm-lsp-hover-tooltip");
    await shown.getByText("Words").waitFor();
    const html = await shown.innerHTML();
    assert.doesNotMatch(html, /on\w+=|javascript:|<(?:img|script|style)\b/);
    const link = shown.getByText("another");
    assert.equal(await link.getAttribute("href"), "https://example.com/");
    assert.equal(await link.getAttribute("rel"), "noopener noreferrer");
    assert.equal(await page.title(), "theoryctl playground");
  },
  {
    at: (file) => `${file}${fragment(STATE)}`,
    // The browser says what the policy would not have let happen anyway.
    expected: /^(?:Executing|Applying) inline .* The action has been blocked/,
  },
);

pageTest("a link that holds no documents changes nothing", async (page) => {
  for (
    const hash of [
      fragment(STATE).slice(0, -20),
      "#nothing",
      fragment({ language: "xml", text: 1 }),
      fragment("x".repeat(50_000_000)),
    ]
  ) {
    await page.evaluate(`location.hash = ${JSON.stringify(hash)}`);
    await page.getByRole("button", { name: "Format" }).click();
    await holds(page, "$attach: photo");
    assert.deepEqual(await messages(page, 0), []);
  }
  await page.evaluate(`location.hash = ${JSON.stringify(fragment(STATE))}`);
  await holds(page, "$processor: demo/hostile@1");
});

pageTest("a broken text is answered at every step", async (page) => {
  for (const text of ["{", "- a\n b: [", "\u0000", "a: &x *x", '{"a":', ""]) {
    await write(page, text);
    await page.locator("#payload-about:not(:empty)").waitFor();
  }
  await write(page, "schema: v1\nparams: {}\n");
  await page.locator("#validated", { hasText: "without a processor" })
    .waitFor();
});

pageTest("a large document is answered", async (page) => {
  const messages = Array.from(
    { length: 5_000 },
    (_, i) => ({ role: i === 4_999 ? "usr" : "user", content: `${i}` }),
  );
  const text = JSON.stringify({ schema: "v1", params: { messages } }, null, 1);
  await page.getByLabel("Add files").setInputFiles({
    name: "inputs.json",
    mimeType: "application/json",
    buffer: Buffer.from(text),
  });
  await page.locator("#validated", { hasText: "without a processor" })
    .waitFor();
  await page.selectOption("#processor", "llm/litellm@1");
  await page.locator("#findings .message", { hasText: "[4999]" }).waitFor();
  await page.locator("#payload", { hasText: '"content": "4998"' }).waitFor();
});

Deno.test("the policy of the page lets in nothing from elsewhere", async () => {
  const html = await playgroundPage();
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/
    .exec(html)?.[1] ?? "";
  const rules = new Map(
    policy.split("; ").map((rule) => [rule.split(" ")[0], rule]),
  );
  assert.equal(rules.get("default-src"), "default-src 'none'");
  assert.equal(rules.has("connect-src"), false);
  assert.match(
    rules.get("script-src") ?? "",
    /^script-src 'sha256-[\w+/=]+' 'wasm-unsafe-eval'$/,
  );
  assert.doesNotMatch(policy, /https?:|\*/);
  assert.ok(html.indexOf("Content-Security-Policy") < html.indexOf("<style"));
});

function fragment(state: unknown): string {
  const packed = deflateRawSync(JSON.stringify(state));
  return `#1.${packed.toString("base64url")}`;
}

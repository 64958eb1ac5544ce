import assert from "node:assert/strict";
import { parse } from "../../../schemas/checker.ts";
import { toJson } from "../../../schemas/mod.ts";
import { documentOf } from "../../../bench/lsp/document.ts";

for (const language of ["json", "yaml"] as const) {
  Deno.test(`documentOf() is ${language} of about the size, with one wrong role at its end`, () => {
    for (const size of [1e3, 1e4, 1e5]) {
      const { text } = documentOf(language, { size, ours: true });
      assert.ok(Math.abs(text.length - size) < 100, `${text.length}`);
      const { root } = parse({ name: "a", language, text });
      const document = JSON.parse(JSON.stringify(root && toJson(root)));
      const { $processor, params: { messages } } = document;
      assert.equal($processor, "llm/litellm@1");
      const roles = messages.map(({ role }: { role: string }) => role);
      assert.equal(roles.at(-1), "usr");
      assert.deepEqual(new Set(roles.slice(0, -1)), new Set(["user"]));
    }
  });
}

Deno.test("documentOf() says where to type, in a text", () => {
  for (const language of ["json", "yaml", "toml"] as const) {
    const { text, typing: { line, character } } = documentOf(language, {
      size: 500,
      ours: false,
      head: "# first\n",
    });
    assert.doesNotMatch(text, /\$processor/);
    assert.ok(text.startsWith("# first\n"));
    const typed = text.split("\n")[line]?.slice(character);
    assert.match(typed ?? "", /^What do you see/);
  }
});

import assert from "node:assert/strict";
import { cidOf, type JsonObject } from "../../../schemas/mod.ts";
import { runHandler } from "./run_handler.ts";

const LLM = { ref: "llm/litellm@1", mode: "mock" } as const;
const REPLICATE = { ref: "replicate/generic@1", mode: "mock" } as const;

function text(bytes: Uint8Array | undefined): string {
  return new TextDecoder().decode(bytes);
}

async function reply(params: JsonObject): Promise<string> {
  const { error, outputs } = await runHandler({ ...LLM, params });
  assert.equal(error, undefined);
  return text(outputs.get("text/response.txt"));
}

Deno.test("llm/litellm@1 in mock repeats the first 64 characters of the last message", async () => {
  const long = "é𝄞".repeat(40);
  assert.equal(
    await reply({
      messages: [{ content: "first" }, { role: "user", content: long }],
    }),
    `Mock response: ${"é𝄞".repeat(32)}`,
  );
});

Deno.test("llm/litellm@1 in mock names attachments by file and cid", async () => {
  const photo = new TextEncoder().encode("photo");
  const { outputs, tokens } = await runHandler({
    ...LLM,
    params: {
      messages: [{
        content: [{ type: "text", text: "Describe this" }, {
          $attach: "photo.jpg",
        }],
      }],
    },
    files: { "photo.jpg": photo },
  });
  const expected = `Mock response: Describe this [photo.jpg ${await cidOf(
    photo,
  )}]`;
  assert.equal(text(outputs.get("text/response.txt")), expected);
  assert.deepEqual(tokens, expected.split(" ").map((word) => `${word} `));
});

Deno.test("llm/litellm@1 in mock counts words as tokens", async () => {
  const { outputs } = await runHandler({
    ...LLM,
    params: { messages: [{ content: "Be brief" }, { content: "Hello you" }] },
  });
  assert.deepEqual(JSON.parse(text(outputs.get("metadata.json"))), {
    model: "openai/gpt-4o-mini",
    provider: "mock",
    finish_reason: "stop",
    usage: { prompt_tokens: 4, completion_tokens: 4, total_tokens: 8 },
  });
});

Deno.test("replicate/generic@1 in mock repeats its input in a file", async () => {
  const cat = new TextEncoder().encode("cat");
  const { outputs, phases } = await runHandler({
    ...REPLICATE,
    params: {
      model: "acme/painter:v9",
      input: { prompt: "A lighthouse", n: 2, image: { $attach: "cat.png" } },
    },
    files: { "cat.png": cat },
  });
  assert.deepEqual(phases, ["starting", "processing", "succeeded"]);
  assert.equal(
    text(outputs.get("files/0-output.txt")),
    "Mock prediction: acme/painter:v9\n" +
      `prompt: "A lighthouse"\nn: 2\nimage: [cat.png ${await cidOf(cat)}]\n`,
  );
  const record = JSON.parse(text(outputs.get("prediction.json")));
  assert.deepEqual(record.output, ["files/0-output.txt"]);
  assert.equal(record.model, "acme/painter");
  assert.equal(record.version, "v9");
  assert.equal(record.status, "succeeded");
});

for (
  const given of [
    { ...LLM, params: { messages: [{ content: "Hello" }] } },
    { ...REPLICATE, params: { model: "acme/painter", input: { a: 1 } } },
  ]
) {
  Deno.test(`${given.ref} in mock answers the same for the same inputs`, async () => {
    const [first, second] = [await runHandler(given), await runHandler(given)];
    assert.ok(first.outputs.size > 0);
    assert.deepEqual(first, second);
  });

  Deno.test(`${given.ref} in mock loads with an empty package cache`, async () => {
    const cache = await Deno.makeTempDir();
    try {
      const module = `registry/${given.ref.replace("@", "/")}/mock.ts`;
      const { success, stderr } = await new Deno.Command(Deno.execPath(), {
        args: ["run", "--no-prompt", "--cached-only", "--frozen", module],
        cwd: new URL("../../../", import.meta.url),
        env: { DENO_DIR: cache },
        stderr: "piped",
      }).output();
      assert.ok(success, text(stderr));
    } finally {
      await Deno.remove(cache, { recursive: true });
    }
  });
}

import assert from "node:assert/strict";
import { startFake } from "./fake_provider.ts";
import { type Given, runHandler } from "./run_handler.ts";

const REF = "llm/litellm@1";
const HELLO = { messages: [{ role: "user", content: "Hello" }] };

const STARTED_STREAM = `### POST /chat/completions
HTTP/1.1 200 OK
content-type: text/event-stream

{{hang}}data: {"id":"c1","choices":[{"index":0,"delta":{"content":"Once"},"finish_reason":null}]}

`;

const ANSWERED = `### POST /chat/completions
HTTP/1.1 200 OK
content-type: application/json

{"id":"c1","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"Hi"},"finish_reason":"stop"}]}
`;

function realRun(host: string, given: Partial<Given> = {}): Given {
  return {
    ref: REF,
    mode: "real",
    params: { ...HELLO, stream: false },
    secrets: {
      OPENAI_API_KEY: "sk-secret-key",
      LITELLM_API_BASE: `http://${host}/`,
    },
    net: [host],
    ...given,
  };
}

Deno.test("llm/litellm@1 ends with the reason of an abort in the middle of a stream", async () => {
  const fake = startFake(STARTED_STREAM);
  try {
    const { error, outputs } = await runHandler(realRun(fake.host, {
      params: HELLO,
      onMessage: ({ kind }, abort) => kind === "token" && abort(),
    }));
    assert.equal(error?.message, "Error: Run was cancelled");
    assert.equal(outputs.size, 0);
  } finally {
    await fake.stop();
  }
});

Deno.test("llm/litellm@1 takes nothing of the library's own from the environment", async () => {
  const names = {
    OPENAI_BASE_URL: "http://127.0.0.1:9",
    OPENAI_ORG_ID: "org-other",
    OPENAI_PROJECT_ID: "proj-other",
    OPENAI_CUSTOM_HEADERS: "x-other: yes",
  };
  for (const [name, value] of Object.entries(names)) Deno.env.set(name, value);
  const fake = startFake(ANSWERED);
  try {
    const { error } = await runHandler(realRun(fake.host));
    assert.equal(error, undefined);
    const headers = fake.requests[0]?.headers;
    assert.equal(headers?.get("authorization"), "Bearer sk-secret-key");
    for (const name of ["openai-organization", "openai-project", "x-other"]) {
      assert.equal(headers?.get(name), null, name);
    }
  } finally {
    await fake.stop();
    for (const name of Object.keys(names)) Deno.env.delete(name);
  }
});

Deno.test("llm/litellm@1 reaches no host but those it was granted", async () => {
  const fake = startFake(ANSWERED);
  try {
    const { error } = await runHandler(realRun(fake.host, { net: [] }));
    assert.match(error?.message ?? "", /^NotCapable: Requires net access/);
    assert.deepEqual(fake.requests, []);
  } finally {
    await fake.stop();
  }
});

Deno.test("llm/litellm@1 refuses a LITELLM_API_BASE that is no plain URL", async () => {
  const found = {
    "localhost:4000": "it is not an http:// or https:// URL",
    "not a url": "it is not an http:// or https:// URL",
    "https://me:pw@example.com/": "it holds a user name or password",
    "https://example.com/?a=b": 'it has a part after "?" or "#"',
  };
  for (const [base, state] of Object.entries(found)) {
    const secrets = { OPENAI_API_KEY: "k", LITELLM_API_BASE: base };
    const { error } = await runHandler(realRun("127.0.0.1:9", { secrets }));
    assert.deepEqual(error, {
      code: "ERR_VALIDATION",
      message: `Cannot use LITELLM_API_BASE: ${state}`,
    });
  }
});

Deno.test("llm/litellm@1 without LITELLM_API_BASE knows OpenAI's models alone", async () => {
  const { error } = await runHandler(realRun("", {
    params: { ...HELLO, model: "anthropic/claude-sonnet-4" },
    secrets: { OPENAI_API_KEY: "k" },
    net: [],
  }));
  assert.equal(error?.code, "ERR_VALIDATION");
  assert.match(
    error?.message ?? "",
    /"anthropic\/claude-sonnet-4".*LITELLM_API_BASE/,
  );
});

Deno.test("llm/litellm@1 asks api.openai.com when there is no LITELLM_API_BASE", async () => {
  const { error } = await runHandler(realRun("", {
    secrets: { OPENAI_API_KEY: "k" },
    net: [],
  }));
  assert.match(error?.message ?? "", /NotCapable.*api\.openai\.com:443/);
});

Deno.test("llm/litellm@1 needs a key that is not blank", async () => {
  const secrets = { OPENAI_API_KEY: " \n" };
  const { error } = await runHandler(realRun("", { secrets, net: [] }));
  assert.equal(error?.code, "ERR_MISSING_SECRET");
});

Deno.test("llm/litellm@1 refuses attachments of more than 50 MiB together", async () => {
  const part = { $attach: "big.png" };
  const { error } = await runHandler(realRun("127.0.0.1:9", {
    params: { messages: [{ content: [part] }] },
    files: { "big.png": new Uint8Array(50 * 1024 * 1024 + 1) },
    net: [],
  }));
  assert.equal(error?.code, "ERR_VALIDATION");
  assert.match(error?.message ?? "", /52428801 bytes together, limit 52428800/);
});

Deno.test("llm/litellm@1 hides the key before it shortens a message", async () => {
  for (let before = 440; before < 500; before += 7) {
    const message = `${"x".repeat(before)}sk-secret-key${"y".repeat(99)}`;
    const fake = startFake(`### POST /chat/completions
HTTP/1.1 400 Bad Request
content-type: application/json

${JSON.stringify({ error: { message } })}
`);
    try {
      const { error } = await runHandler(realRun(fake.host));
      assert.equal(error?.code, "ERR_VALIDATION");
      assert.match(error?.message ?? "", /x+(\[[A-Z_]*\]?y*)?…$/);
    } finally {
      await fake.stop();
    }
  }
});

Deno.test("llm/litellm@1 takes a key of one letter for servers without keys", async () => {
  const fake = startFake(ANSWERED.replace("200 OK", "400 Bad Request"));
  try {
    const { error } = await runHandler(realRun(fake.host, {
      secrets: { OPENAI_API_KEY: "o", LITELLM_API_BASE: `http://${fake.host}` },
    }));
    assert.match(error?.message ?? "", /^Cannot complete chat with/);
    assert.doesNotMatch(error?.message ?? "", /OPENAI_API_KEY/);
  } finally {
    await fake.stop();
  }
});

import assert from "node:assert/strict";
import { join } from "node:path";
import { startFake } from "../registry/processors/fake_provider.ts";
import { everythingIn } from "./every_place.ts";
import { envelopeOf, HELLO, theory, workFolder } from "./theory.ts";

const REF = ["--ref", "llm/litellm@1"];
const SECRET = "sk-live-9f8e7d6c5b4a39281706";

const ANSWER = `### POST /v1/chat/completions
HTTP/1.1 200 OK
content-type: text/event-stream

data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"gpt-4o-mini","choices":[{"index":0,"delta":{"role":"assistant","content":"Hi "},"finish_reason":null}]}

data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"gpt-4o-mini","choices":[{"index":0,"delta":{"content":"there"},"finish_reason":"stop"}]}

data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"gpt-4o-mini","choices":[],"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}

data: [DONE]

`;

const REFUSAL = `### POST /v1/chat/completions
HTTP/1.1 401 Unauthorized
content-type: application/json

{"error":{"message":"Incorrect API key provided: ${SECRET}","type":"invalid_request_error","code":"invalid_api_key"}}
`;

/** Starts an instance that talks to the fake provider, and answers how it runs a document in real. */
async function real(script: string, cwd: string) {
  const provider = startFake(script);
  const env = {
    OPENAI_API_KEY: SECRET,
    LITELLM_API_BASE: `http://${provider.host}/v1`,
  };
  const started = await theory(["localctl", "start", ...REF, "--json"], {
    cwd,
    env,
  });
  assert.equal(started.code, 0, started.stderr);
  const run = [
    "localctl",
    "run",
    ...REF,
    "--mode",
    "real",
    "--inputs-json",
    HELLO,
  ];
  const printed = await theory([...run, "--stream", "--save-dir", "out"], {
    cwd,
  });
  const logs = await theory(["localctl", "logs", ...REF], { cwd });
  await theory(["localctl", "stop", "--all"], { cwd });
  await provider.stop();
  return { printed, logs, started, provider };
}

Deno.test("localctl run in real streams what the provider says and saves it", async () => {
  await using folder = await workFolder();
  const { printed, provider, logs, started } = await real(ANSWER, folder.dir);
  assert.equal(printed.code, 0, printed.stderr);
  const envelope = envelopeOf(printed);
  const text = envelope.outputs?.find(({ mime }) => mime === "text/plain");
  assert.equal(
    await Deno.readTextFile(join(folder.dir, "out", text?.path ?? "")),
    "Hi there",
  );
  const tokens = printed.stderr.split("\n").filter((line) =>
    line.includes('"Token"')
  )
    .map((line) => JSON.parse(line).content.text);
  assert.equal(tokens.join(""), "Hi there");
  const { meta } = envelope as unknown as {
    meta: { env_fingerprint: string; mode: string };
  };
  assert.match(meta.env_fingerprint, /^adapter=local,/);
  assert.match(
    meta.env_fingerprint,
    /present_env_keys=\[LITELLM_API_BASE,OPENAI_API_KEY\]$/,
  );
  assert.equal(provider.requests.length, 1);
  assert.equal(
    provider.requests[0]?.headers.get("authorization"),
    `Bearer ${SECRET}`,
  );
  const seen = [printed, logs, started].map(({ stdout, stderr }) =>
    stdout + stderr
  ).join("");
  assert.equal(seen.includes(SECRET), false);
  assert.equal((await everythingIn(folder.dir)).includes(SECRET), false);
});

Deno.test("localctl run in real answers a provider's refusal without the key in it", async () => {
  await using folder = await workFolder();
  const { printed, logs } = await real(REFUSAL, folder.dir);
  assert.equal(printed.code, 1);
  assert.equal(envelopeOf(printed).error?.code, "ERR_PROVIDER_AUTH");
  for (const { stdout, stderr } of [printed, logs]) {
    assert.equal(`${stdout}${stderr}`.includes(SECRET), false);
  }
  assert.equal((await everythingIn(folder.dir)).includes(SECRET), false);
});

Deno.test("localctl run in real refuses an instance that was started without its secret", async () => {
  await using folder = await workFolder();
  const { dir: cwd } = folder;
  const started = await theory([
    "localctl",
    "start",
    ...REF,
    "--mock-missing-secrets",
  ], { cwd });
  assert.equal(started.code, 0, started.stderr);
  const printed = await theory(
    ["localctl", "run", ...REF, "--mode", "real", "--inputs-json", HELLO],
    { cwd, env: { OPENAI_API_KEY: SECRET } },
  );
  assert.equal(printed.code, 4);
  assert.equal(envelopeOf(printed).error?.code, "ERR_MISSING_SECRET");
});

import assert from "node:assert/strict";
import type { Json, JsonObject } from "../../../schemas/mod.ts";
import { type FakeProvider, startFake } from "./fake_provider.ts";
import { type HandlerResult, runHandler } from "./run_handler.ts";

/**
 * Every `testdata/<processor>/<case>.http` is what a fake provider answers (see fake_provider.ts), the `.json`
 * beside it what the handler is given and what must come of it.
 */
interface Conversation {
  readonly params: JsonObject;
  /** File name → content, for `$attach`. */
  readonly files?: Readonly<Record<string, string>>;
  readonly expected: {
    /** Of a run that fails. */
    readonly error?: Json;
    /** All of them; JSON files are parsed. */
    readonly outputs: JsonObject;
    readonly tokens?: Json;
    readonly phases?: Json;
    readonly logs?: Json;
    /** Bodies of the requests, in order, as far as they are JSON. */
    readonly sent?: Json;
  };
}

const PROCESSORS = {
  litellm: {
    ref: "llm/litellm@1",
    secrets: (host: string) => ({
      OPENAI_API_KEY: "sk-secret-key",
      LITELLM_API_BASE: `http://${host}/v1`,
    }),
  },
  replicate: {
    ref: "replicate/generic@1",
    secrets: (host: string) => ({
      REPLICATE_API_TOKEN: "r8-secret-token",
      REPLICATE_API_BASE: `http://${host}/v1`,
    }),
  },
};

for (const [folder, { ref, secrets }] of Object.entries(PROCESSORS)) {
  const root = new URL(`testdata/${folder}/`, import.meta.url);
  for (const name of casesIn(root)) {
    Deno.test(`${ref} answers as told: ${name}`, async () => {
      const script = await Deno.readTextFile(new URL(`${name}.http`, root));
      const text = await Deno.readTextFile(new URL(`${name}.json`, root));
      const fake = startFake(script);
      try {
        const { params, files, expected }: Conversation = JSON.parse(
          text.replaceAll("{{server}}", fake.host),
        );
        const result = await runHandler({
          ref,
          mode: "real",
          params,
          files: bytesOf(files ?? {}),
          secrets: secrets(fake.host),
          net: [fake.host],
        });
        const lines = fake.requests.map(({ line }) => line);
        assert.deepEqual(lines, fake.expected);
        assert.deepEqual(seen(result, fake, expected), expected);
      } finally {
        await fake.stop();
      }
    });
  }
}

function casesIn(root: URL): readonly string[] {
  return [...Deno.readDirSync(root)]
    .filter(({ name }) => name.endsWith(".http"))
    .map(({ name }) => name.slice(0, -".http".length)).sort();
}

function bytesOf(files: Readonly<Record<string, string>>) {
  return Object.fromEntries(
    Object.entries(files)
      .map(([name, text]) => [name, new TextEncoder().encode(text)]),
  );
}

/** What happened, with the fields that a case has expectations of; error and outputs always. */
function seen(
  result: HandlerResult,
  fake: FakeProvider,
  expected: Conversation["expected"],
): unknown {
  return {
    ...result.error && { error: result.error },
    outputs: outputsOf(result),
    ...expected.tokens !== undefined && { tokens: result.tokens },
    ...expected.phases !== undefined && { phases: result.phases },
    ...expected.logs !== undefined && { logs: result.logs },
    ...expected.sent !== undefined && { sent: sentTo(fake) },
  };
}

function outputsOf({ outputs }: HandlerResult): unknown {
  return Object.fromEntries([...outputs].map(([path, bytes]) => {
    const text = new TextDecoder().decode(bytes);
    return [path, path.endsWith(".json") ? JSON.parse(text) : text];
  }));
}

function sentTo(fake: FakeProvider): unknown {
  return fake.requests
    .filter(({ headers }) => headers.get("content-type") === "application/json")
    .filter(({ body }) => body.byteLength > 0)
    .map(({ body }) => JSON.parse(new TextDecoder().decode(body)));
}

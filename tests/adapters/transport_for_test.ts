import assert from "node:assert/strict";
import {
  addressesOf,
  transportFor,
} from "../../adapters/transports/transport_for.ts";
import type { Entry, JsonObject, WritePrefix } from "../../schemas/mod.ts";
import { startServer } from "../runtime/server_process.ts";
import { originalHttp } from "./originals/http.ts";
import type { Original } from "./originals/original.ts";
import type { Generation } from "./originals/websocket.ts";
import { originalWebSocket } from "./originals/websocket.ts";
import { endOf, start } from "./transport_subject.ts";

type Api = Entry["api"];

const WS: Api = { protocol: "ws", path: "/run", healthz: "/healthz" };
const HTTP: Api = { ...WS, protocol: "http" };
const STREAM: Api = { ...HTTP, path: "/run-stream" };

/** Runs as the entry says; answers how that ended. */
async function runBy(
  api: Api,
  base: string,
  { params = {}, id = "R1" }: {
    readonly params?: JsonObject;
    readonly id?: string;
  } = {},
): Promise<string> {
  assert.ok(api.protocol !== "file");
  const transport = await transportFor(api.protocol);
  const { response } = start({ transport }, {
    ...addressesOf(base, api),
    executionId: id,
    mode: "mock",
    inputs: { schema: "v1", params },
    writePrefix: `/artifacts/outputs/x/${id}/` as WritePrefix,
    timeoutS: 60,
    graceMs: 5000,
  });
  return await endOf(response);
}

Deno.test("addressesOf() takes paths of the entry to the processor", () => {
  const api: Api = { protocol: "http", path: "/v2/run", healthz: "/live" };
  assert.deepEqual(addressesOf("http://127.0.0.1:8000", api), {
    url: "http://127.0.0.1:8000/v2/run",
    healthUrl: "http://127.0.0.1:8000/live",
  });
});

const PROCESSORS: Readonly<Record<string, readonly [Api, () => Original]>> = {
  "G2a, /run": [HTTP, () => originalHttp("G2a")],
  "G2a, /run-stream": [STREAM, () => originalHttp("G2a")],
  "G2b, /run": [HTTP, () => originalHttp("G2b")],
  "G2b, /run-stream": [STREAM, () => originalHttp("G2b")],
  ...Object.fromEntries(
    (["G3a", "G3b", "G3c", "G3e", "G4"] satisfies Generation[]).map((
      generation,
    ) => [generation, [WS, () => originalWebSocket(generation)]] as const),
  ),
};

for (const [what, [api, open]] of Object.entries(PROCESSORS)) {
  Deno.test(`transportFor() runs on a processor of ${what} by its entry`, async () => {
    await using processor = open();
    assert.equal(await runBy(api, processor.url), "success");
    assert.equal(processor.taken.length, 1);
  });
}

Deno.test("transportFor() reports an entry with the protocol of another processor", async () => {
  await using older = originalHttp("G2b");
  assert.equal(await runBy(WS, older.url), "ERR_PROTOCOL");
  await using younger = originalWebSocket("G4");
  assert.equal(await runBy(HTTP, younger.url), "ERR_PROTOCOL");
  assert.equal(await runBy(STREAM, younger.url), "ERR_PROTOCOL");
});

Deno.test("transportFor() reports an entry with another path", async () => {
  await using processor = originalWebSocket("G4");
  const elsewhere = { ...WS, path: "/elsewhere" };
  assert.equal(await runBy(elsewhere, processor.url), "ERR_PROTOCOL");
});

/** Longer than any wait of the originals, 15 s after each frame, and than those of this project. */
const SILENCE = 16_500;

Deno.test("transportFor() is as patient as the timeout with processors of every generation", async () => {
  const handler =
    new URL("./testdata/transports/handler.ts", import.meta.url).href;
  await using ours = await startServer({ handler });
  await using stack = new AsyncDisposableStack();
  const originals = Object.values(PROCESSORS).map(([api, open]) =>
    [api, stack.use(open()).url] as const
  );
  const all = [
    ...originals,
    ...[WS, HTTP, STREAM].map((api) => [api, ours.url] as const),
  ];
  const params = { do: "rest", ms: SILENCE };
  const ends = await Promise.all(
    all.map(([api, url], i) => runBy(api, url, { params, id: `R${i}` })),
  );
  assert.deepEqual(ends, all.map(() => "success"));
});

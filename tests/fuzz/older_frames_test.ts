import assert from "node:assert/strict";
import fc from "fast-check";
import { readSent } from "../../adapters/transports/run_stream.ts";
import { readRunFrame } from "../../adapters/transports/run_open.ts";
import { serverSentEvents } from "../../adapters/transports/server_sent_events.ts";
import type { Received } from "../../adapters/transports/dialect.ts";
import { Failure } from "../../schemas/mod.ts";
import { json, spoilt } from "./documents.ts";
import { SETTINGS } from "./settings.ts";

const ID = "run-1";
const id = fc.oneof(fc.constantFrom(ID, ""), json);

/** Envelopes of older processors with right and wrong parts. */
const envelope = fc.record({
  status: fc.oneof(fc.constantFrom("success", "error"), json),
  execution_id: id,
  run_id: id,
  outputs: fc.oneof(fc.constant([]), json),
  error: fc.oneof(json, fc.record({ code: json, message: json })),
  meta: json,
}, { requiredKeys: [] });

const told = fc.record({ phase: json, text: json, msg: json }, {
  requiredKeys: [],
});

const frame = fc.record({
  kind: fc.oneof(
    fc.constantFrom("Ack", "Event", "Token", "Log", "Frame", "RunResult"),
    json,
  ),
  content: fc.oneof(json, envelope, told),
}, { requiredKeys: [] }).map((each) => JSON.stringify(each));

Deno.test("readRunFrame() understands a frame or says ERR_BAD_RESPONSE", () => {
  const data = fc.oneof(
    frame,
    spoilt(frame),
    json,
    fc.uint8Array().map((bytes) => bytes.buffer),
  );
  fc.assert(
    fc.property(data, (data) => checkRead(() => readRunFrame(data, ID))),
    SETTINGS,
  );
});

Deno.test("readSent() understands an event or says ERR_BAD_RESPONSE", () => {
  const name = fc.oneof(
    fc.constantFrom("progress", "done", "error", "message", "token", "log"),
    fc.string(),
  );
  const text = fc.oneof(envelope, told, json).map((each) =>
    JSON.stringify(each)
  );
  const data = fc.oneof(text, spoilt(text));
  fc.assert(
    fc.property(
      name,
      data,
      (name, data) => checkRead(() => readSent({ name, data }, ID)),
    ),
    SETTINGS,
  );
});

Deno.test("serverSentEvents() gives back the events that a server writes, in whatever pieces", async () => {
  const word = fc.stringMatching(/^[^\r\n\0]{0,8}$/);
  const event = fc.record({
    name: fc.stringMatching(/^[a-z]{1,5}$/),
    lines: fc.array(word, { minLength: 1, maxLength: 3 }),
    end: fc.constantFrom("\n", "\r\n", "\r"),
  });
  const cuts = fc.array(fc.nat({ max: 40 }), { maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(fc.array(event), cuts, async (events, cuts) => {
      const text = events.map(({ name, lines, end }) =>
        [`event: ${name}`, ...lines.map((line) => `data: ${line}`), "", ""]
          .join(end)
      ).join("");
      const bytes = new TextEncoder().encode(text);
      assert.deepEqual(
        await Array.fromAsync(serverSentEvents(piecesOf(bytes, cuts))),
        events.map(({ name, lines }) => ({ name, data: lines.join("\n") })),
      );
    }),
    SETTINGS,
  );
});

async function* piecesOf(bytes: Uint8Array, cuts: readonly number[]) {
  let at = 0;
  for (const size of cuts) {
    yield await Promise.resolve(bytes.subarray(at, at + size));
    at += size;
  }
  yield bytes.subarray(at);
}

/** What is read has the parts that its kind has; what is not is a failure of one code. */
function checkRead(read: () => Received): void {
  const received = readOrRefused(read);
  if (received?.kind !== "final") return;
  const { response } = received;
  if (response.status === "success") {
    const outputs = response.said?.outputs;
    return assert.ok(typeof outputs === "object" && outputs !== null);
  }
  assert.equal(typeof response.error.code, "string");
  assert.equal(typeof response.error.message, "string");
}

function readOrRefused(read: () => Received): Received | undefined {
  try {
    return read();
  } catch (error) {
    assert.ok(error instanceof Failure);
    assert.equal(error.code, "ERR_BAD_RESPONSE");
    return undefined;
  }
}

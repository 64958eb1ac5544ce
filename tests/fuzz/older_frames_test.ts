import assert from "node:assert/strict";
import fc from "fast-check";
import { readSent } from "../../adapters/transports/run_stream.ts";
import { readRunFrame } from "../../adapters/transports/run_open.ts";
import { serverSentEvents } from "../../adapters/transports/server_sent_events.ts";
import type { Received } from "../../adapters/transports/dialect.ts";
import type { TransportResponse } from "../../adapters/ports.ts";
import { isObject, type JsonObject } from "../../schemas/mod.ts";
import { json, spoilt, text } from "./documents.ts";
import {
  errors,
  eventFrames,
  ID,
  more,
  refusedAs,
  saidError,
  sameEvent,
  type Sent,
  tally,
} from "./frames.ts";
import { onePartSpoilt } from "./one_part_spoilt.ts";
import { SETTINGS } from "./settings.ts";

/** The names that older processors have for an id. */
const idKey = fc.constantFrom("execution_id", "run_id");

const envelope: fc.Arbitrary<Sent> = fc.tuple(
  idKey,
  fc.oneof(
    fc.tuple(fc.oneof(more, fc.array(json)), fc.option(more))
      .map(([outputs, meta]): Sent => [
        { status: "success", outputs, ...meta && { meta } },
        final({ status: "success", said: { outputs, ...meta && { meta } } }),
      ]),
    errors.map((error): Sent => [
      { status: "error", error },
      final({ status: "error", error }),
    ]),
  ),
).map(([key, [said, means]]): Sent => [{ ...said, [key]: ID }, means]);

function final(response: TransportResponse): Received {
  return { kind: "final", response };
}

const frames: fc.Arbitrary<Sent> = fc.oneof(
  fc.tuple(more, idKey).map(([more, key]): Sent => [
    { kind: "Ack", content: { ...more, [key]: ID } },
    { kind: "ack" },
  ]),
  eventFrames,
  json.map((content): Sent => [{ kind: "Frame", content }, {
    kind: "partial",
  }]),
  envelope.map(([content, means]): Sent => [
    { kind: "RunResult", content },
    means,
  ]),
);

/** Events of a stream, as objects of their name and what they hold. */
const streamed: fc.Arbitrary<Sent> = fc.oneof(
  fc.tuple(fc.constantFrom("done", "error", "message"), envelope)
    .map(([name, [said, means]]): Sent => [{ name, said }, means]),
  fc.tuple(
    fc.constantFrom(["message", "event"] as const, ["progress", "status"]),
    fc.tuple(more, text),
  ).map(([[name, key], [more, phase]]): Sent => {
    const said = { ...more, [key]: phase };
    const event = { kind: "Event" as const, content: { ...said, phase } };
    return [{ name, said }, { kind: "event", event }];
  }),
  eventFrames.map(([{ kind, content }, means]): Sent => [
    { name: `${kind}`.toLowerCase(), said: content ?? null },
    means,
  ]),
);

const readStreamed = ({ name, said }: JsonObject) =>
  readSent({ name: `${name}`, data: JSON.stringify(said ?? null) }, ID);

const READERS = [
  [
    "readRunFrame",
    frames,
    (frame: JsonObject) => readRunFrame(JSON.stringify(frame), ID),
    [],
  ],
  ["readSent", streamed, readStreamed, ["ack", "partial"]],
] as const;

for (const [name, sent, read, never] of READERS) {
  Deno.test(`${name}() reads all that is sent as it is meant`, () => {
    const seen = tally();
    fc.assert(
      fc.property(sent, ([frame, means]) => {
        const received = read(frame);
        seen.add(received);
        assert.deepEqual(received, JSON.parse(JSON.stringify(means)));
      }),
      SETTINGS,
    );
    seen.all(...never, "refused");
  });

  Deno.test(`${name}() reads nothing but what is said, or says ERR_BAD_RESPONSE`, () => {
    const seen = tally();
    const frame = onePartSpoilt(sent.map(([frame]) => frame));
    fc.assert(
      fc.property(frame, (frame) => {
        const received = refusedAs("ERR_BAD_RESPONSE", () => read(frame));
        seen.add(received);
        if (received === undefined) return;
        const back = JSON.parse(JSON.stringify(frame));
        onlySaid(received, back["said"] ?? back["content"]);
      }),
      SETTINGS,
    );
    seen.all(...never);
  });
}

Deno.test("readRunFrame() and readSent() say ERR_BAD_RESPONSE of what is neither", () => {
  const data = fc.oneof(
    spoilt(frames.map(([frame]) => JSON.stringify(frame))),
    json.map((value) => JSON.stringify(value)),
  );
  const name = fc.oneof(fc.constantFrom("message", "done", "log"), fc.string());
  const bytes = fc.uint8Array().map((bytes) => bytes.buffer);
  fc.assert(
    fc.property(name, data, bytes, (name, data, bytes) => {
      refusedAs("ERR_BAD_RESPONSE", () => readSent({ name, data }, ID));
      for (const each of [data, bytes]) {
        refusedAs("ERR_BAD_RESPONSE", () => readRunFrame(each, ID));
      }
    }),
    SETTINGS,
  );
});

/** What was read stands in what was said, which is of our run. */
function onlySaid(received: Received, said: unknown): void {
  if (received.kind === "partial") return;
  assert.ok(isObject(said));
  if (received.kind === "event") {
    const { event, status, phase = event ?? status } = said;
    return sameEvent(received, { ...said, phase });
  }
  const id = said["execution_id"] ?? said["run_id"];
  if (received.kind === "ack") return assert.equal(id, ID);
  const { response } = received;
  assert.equal(response.status, said["status"]);
  if (response.status === "success") {
    assert.equal(id, ID);
    const outputs = response.said?.outputs;
    assert.ok(typeof outputs === "object" && outputs !== null);
    return assert.deepEqual(outputs, said["outputs"]);
  }
  assert.ok(id === ID || id === "");
  saidError(response.error, said["error"]);
}

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

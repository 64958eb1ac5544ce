import assert from "node:assert/strict";
import fc from "fast-check";
import {
  preemptFrame,
  requestFrame,
} from "../../adapters/transports/request_frame.ts";
import { readServerFrame } from "../../adapters/transports/server_frame.ts";
import { readRunRequest } from "../../runtime/run_request.ts";
import type { Received } from "../../adapters/transports/dialect.ts";
import type { TransportResponse } from "../../adapters/ports.ts";
import { isObject, type JsonObject } from "../../schemas/mod.ts";
import { inputs, json, spoilt } from "./documents.ts";
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

/** Every frame of a processor. */
const sent: fc.Arbitrary<Sent> = fc.oneof(
  more.map((more): Sent => [
    { kind: "Ack", content: { ...more, run_id: ID } },
    { kind: "ack" },
  ]),
  eventFrames,
  json.map((content): Sent => [
    { kind: "Response", control: { run_id: ID, final: false }, content },
    { kind: "partial" },
  ]),
  more.map((outputs): Sent => [
    { ...final("success"), outputs },
    { kind: "final", response: success(outputs) },
  ]),
  errors.map((error): Sent => [
    { ...final("error"), error },
    { kind: "final", response: { status: "error", error } },
  ]),
);

function final(status: string): JsonObject {
  return { kind: "Response", control: { run_id: ID, final: true, status } };
}

function success(outputs: JsonObject): TransportResponse {
  const some = Object.keys(outputs).length > 0;
  return { status: "success", ...some && { said: { outputs } } };
}

Deno.test("readServerFrame() reads every frame as it is meant", () => {
  const seen = tally();
  fc.assert(
    fc.property(sent, ([frame, means]) => {
      const received = readServerFrame(JSON.stringify(frame), ID);
      seen.add(received);
      assert.deepEqual(received, JSON.parse(JSON.stringify(means)));
    }),
    SETTINGS,
  );
  seen.all("refused");
});

Deno.test("readServerFrame() reads nothing from a spoilt frame but what it says, or says ERR_BAD_RESPONSE", () => {
  const seen = tally();
  const frame = onePartSpoilt(sent.map(([frame]) => frame));
  fc.assert(
    fc.property(frame, (frame) => {
      const text = JSON.stringify(frame);
      const received = refusedAs(
        "ERR_BAD_RESPONSE",
        () => readServerFrame(text, ID),
      );
      seen.add(received);
      if (received !== undefined) onlySaid(received, JSON.parse(text));
    }),
    SETTINGS,
  );
  seen.all();
});

Deno.test("readServerFrame() says ERR_BAD_RESPONSE of what is no frame", () => {
  const data = fc.oneof(
    spoilt(sent.map(([frame]) => JSON.stringify(frame))),
    json,
    fc.uint8Array().map((bytes) => bytes.buffer),
  );
  fc.assert(
    fc.property(
      data,
      (data) =>
        void refusedAs("ERR_BAD_RESPONSE", () => readServerFrame(data, ID)),
    ),
    SETTINGS,
  );
});

/** What was read stands in the frame, which is of our run. */
function onlySaid(received: Received, frame: JsonObject): void {
  const { kind, content, control, error, outputs } = frame;
  if (received.kind === "event") {
    assert.equal(received.event.kind, kind);
    return sameEvent(received, content);
  }
  if (received.kind === "ack") {
    assert.equal(kind, "Ack");
    return assert.equal(isObject(content) && content["run_id"], ID);
  }
  assert.equal(kind, "Response");
  assert.ok(isObject(control));
  assert.equal(control["run_id"], ID);
  assert.equal(control["final"] === true, received.kind === "final");
  if (received.kind !== "final") return;
  const { response } = received;
  assert.equal(response.status, control["status"]);
  if (response.status === "success") {
    return assert.deepEqual(
      response,
      success(isObject(outputs) ? outputs : {}),
    );
  }
  saidError(response.error, error);
}

Deno.test("readRunRequest() takes a request or refuses it with a code", () => {
  const raw = fc.record({
    executionId: fc.oneof(fc.constant(ID), fc.string()),
    mode: fc.oneof(fc.constantFrom("mock", "real", "default"), json),
    writePrefix: fc.oneof(fc.constant("/artifacts/outputs/x/"), json),
    timeoutS: fc.oneof(fc.constant(1), json),
    inputs: fc.oneof(inputs, json),
  });
  fc.assert(
    fc.property(raw, (raw) => {
      const request = refusedAs(/^ERR_/, () => readRunRequest(raw, 600));
      if (request === undefined) return;
      assert.ok(["mock", "real"].includes(request.mode));
      assert.match(request.writePrefix, /^\/artifacts\/.+\/$/su);
      assert.ok(request.timeoutMs > 0 && request.timeoutMs < 2 ** 31);
      assert.ok(isObject(request.params));
    }),
    SETTINGS,
  );
});

Deno.test("requestFrame() is a request that readRunRequest() takes as it was meant", () => {
  const payload = fc.dictionary(fc.string(), json, { noNullPrototype: true })
    .map((params): JsonObject => ({ schema: "v1", params }));
  fc.assert(
    fc.property(
      payload,
      fc.integer({ min: 1, max: 9999 }),
      (inputs, timeoutS) => {
        const sent = JSON.parse(requestFrame({
          url: "http://127.0.0.1:1/run",
          executionId: ID,
          mode: "mock",
          inputs,
          writePrefix: "/artifacts/outputs/x/" as never,
          timeoutS,
          graceMs: 1000,
        }));
        const { control } = sent;
        const request = readRunRequest({
          executionId: control.run_id,
          mode: control.mode,
          writePrefix: control.write_prefix,
          timeoutS: control.timeout_s,
          inputs: sent.inputs,
        }, 1);
        assert.equal(request.timeoutMs, timeoutS * 1000);
        const params = JSON.parse(JSON.stringify(inputs))["params"];
        assert.deepEqual(request.params, params);
      },
    ),
    SETTINGS,
  );
});

Deno.test("preemptFrame() carries any reason", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (reason) => {
      const { content } = JSON.parse(preemptFrame(reason));
      assert.deepEqual(content, { op: "preempt", reason });
    }),
    SETTINGS,
  );
});

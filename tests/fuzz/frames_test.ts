import assert from "node:assert/strict";
import fc from "fast-check";
import {
  preemptFrame,
  requestFrame,
} from "../../adapters/transports/request_frame.ts";
import { readServerFrame } from "../../adapters/transports/server_frame.ts";
import { readRunRequest } from "../../runtime/run_request.ts";
import { Failure, isObject, type JsonObject } from "../../schemas/mod.ts";
import { inputs, json, spoilt } from "./documents.ts";
import { SETTINGS } from "./settings.ts";

const ID = "run-1";

/** Frames of a processor with right and wrong parts. */
const frame = fc.record({
  kind: fc.oneof(
    fc.constantFrom("Ack", "Event", "Token", "Log", "Response", "RunOpen"),
    json,
  ),
  content: fc.oneof(
    json,
    fc.record({ run_id: fc.oneof(fc.constant(ID), json) }),
    fc.record({ phase: json, text: json, msg: json }, { requiredKeys: [] }),
  ),
  control: fc.oneof(
    json,
    fc.record({
      run_id: fc.oneof(fc.constant(ID), json),
      final: fc.oneof(fc.boolean(), json),
      status: fc.oneof(fc.constantFrom("success", "error"), json),
    }, { requiredKeys: [] }),
  ),
  outputs: json,
  error: fc.oneof(json, fc.record({ code: json, message: json })),
}, { requiredKeys: [] });

Deno.test("readServerFrame() understands a frame or says ERR_BAD_RESPONSE", () => {
  const data = fc.oneof(
    frame.map((each) => JSON.stringify(each)),
    spoilt(frame.map((each) => JSON.stringify(each))),
    json,
    fc.uint8Array().map((bytes) => bytes.buffer),
  );
  fc.assert(
    fc.property(data, (data) => {
      const received = refusedAs(
        "ERR_BAD_RESPONSE",
        () => readServerFrame(data, ID),
      );
      if (received?.kind !== "final") return;
      const { response } = received;
      if (response.status === "success") return;
      assert.equal(typeof response.error.code, "string");
      assert.equal(typeof response.error.message, "string");
    }),
    SETTINGS,
  );
});

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

/** What an action answers; undefined when it refuses with the code, and nothing else may be thrown. */
function refusedAs<T>(code: string | RegExp, action: () => T): T | undefined {
  try {
    return action();
  } catch (error) {
    assert.ok(error instanceof Failure, `${error}`);
    if (typeof code === "string") assert.equal(error.code, code);
    else assert.match(error.code, code);
    return undefined;
  }
}

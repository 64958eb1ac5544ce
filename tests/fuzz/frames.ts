import assert from "node:assert/strict";
import fc from "fast-check";
import type { Received } from "../../adapters/transports/dialect.ts";
import {
  type EnvelopeError,
  Failure,
  isObject,
  type JsonObject,
} from "../../schemas/mod.ts";
import { json, text } from "./documents.ts";

export const ID = "run-1";

/** What a processor sends, and what it means. */
export type Sent = readonly [frame: JsonObject, means: Received];

/** More than the dialect asks for. */
export const more: fc.Arbitrary<JsonObject> = fc.dictionary(
  fc.constantFrom("a", "b"),
  json,
  { maxKeys: 2, noNullPrototype: true },
);

export const errors = fc.record({ code: text, message: text, details: json }, {
  requiredKeys: ["code", "message"],
  noNullPrototype: true,
});

/** The frames between the first and the last one, alike in all dialects. */
export const eventFrames: fc.Arbitrary<Sent> = fc.oneof(
  text.map((text) => ({ kind: "Token" as const, content: { text } })),
  fc.tuple(more, text).map(([more, phase]) => ({
    kind: "Event" as const,
    content: { ...more, phase },
  })),
  fc.tuple(more, text).map(([more, msg]) => ({
    kind: "Log" as const,
    content: { ...more, msg },
  })),
).map((event): Sent => [event, { kind: "event", event }]);

/** How often each kind was read; a property wants all of them. */
export function tally() {
  const seen = {
    ...{ ack: 0, event: 0, partial: 0 },
    ...{ success: 0, error: 0, refused: 0 },
  };
  return {
    add(received: Received | undefined) {
      if (received === undefined) seen.refused++;
      else if (received.kind === "final") seen[received.response.status]++;
      else seen[received.kind]++;
    },
    all(...never: readonly string[]) {
      for (const [kind, count] of Object.entries(seen)) {
        assert.equal(count > 0, !never.includes(kind), `${kind}: ${count}`);
      }
    },
  };
}

/** An event is told as it was sent. */
export function sameEvent(received: Received, said: unknown): void {
  assert.ok(received.kind === "event" && isObject(said));
  const { kind, content } = received.event;
  const field = { Event: "phase", Token: "text", Log: "msg" }[kind];
  assert.equal(typeof content[field as keyof typeof content], "string");
  for (const [key, value] of Object.entries(content)) {
    assert.deepEqual(value, said[key]);
  }
}

/** An error is told as it was sent, and is one. */
export function saidError(error: EnvelopeError, said: unknown): void {
  const { code, message } = error;
  assert.ok(typeof code === "string" && typeof message === "string");
  assert.ok(isObject(said));
  assert.deepEqual([code, message, error.details], [
    said["code"],
    said["message"],
    said["details"],
  ]);
}

/** What an action answers; undefined when it refuses with the code, and nothing else may be thrown. */
export function refusedAs<T>(
  code: string | RegExp,
  action: () => T,
): T | undefined {
  try {
    return action();
  } catch (error) {
    assert.ok(error instanceof Failure, `${error}`);
    if (typeof code === "string") assert.equal(error.code, code);
    else assert.match(error.code, code);
    return undefined;
  }
}

import assert from "node:assert/strict";
import { MAX_FRAME_BYTES } from "../../schemas/mod.ts";
import { relayTo } from "./relay.ts";
import type { Processor, TransportSubject } from "./transport_subject.ts";
import { endOf, failureOf, requestOf, start } from "./transport_subject.ts";

type Claim = (
  subject: TransportSubject,
  processor: Processor,
) => Promise<void>;

/** What a transport cannot promise, with the reason. */
export type Without = Partial<Record<keyof typeof CLAIMS, string>>;

/** What every transport promises. A transport's own test is one call of this; Deno looks for what it left open. */
export function testTransport(name: string, subject: TransportSubject): void {
  const { without = {} } = subject;
  for (const [claim, prove] of Object.entries(CLAIMS)) {
    if (Object.hasOwn(without, claim)) continue;
    Deno.test(`${name} ${claim}`, async () => {
      await using processor = await subject.open();
      await prove(subject, processor);
    });
  }
}

const CLAIMS = {
  async "answers success"(subject, processor) {
    const request = requestOf(subject, processor, { do: "hello" });
    assert.equal(await endOf(start(subject, request).response), "success");
  },

  async "answers with the processor's error, to the letter"(
    subject,
    processor,
  ) {
    const text = `Cannot use "sk-very-secret": refused\n\u2028 😀`;
    const request = requestOf(subject, processor, { do: "fail", text });
    const answer = await start(subject, request).response;
    assert.deepEqual(answer.status === "error" && answer.error, {
      code: "ERR_DEMO",
      message: text,
    });
  },

  async "tells events in order, to the letter, before it answers"(
    subject,
    processor,
  ) {
    const text = "sk-very-secret\r\n\n: data: x";
    const request = requestOf(subject, processor, { do: "echo", text });
    const { response, events } = start(subject, request);
    assert.equal(await endOf(response), "success");
    assert.deepEqual(events, subject.events(text));
  },

  async "is patient with a processor that says nothing"(subject, processor) {
    const request = {
      ...requestOf(subject, processor, { do: "rest", ms: 1500 }),
      openMs: 500,
      graceMs: 10,
    };
    assert.equal(await endOf(start(subject, request).response), "success");
  },

  async "ends a run whose whole time is over"(subject, processor) {
    const request = {
      ...requestOf(subject, processor, { do: "wait" }),
      timeoutS: 0.1,
      graceMs: 50,
    };
    const { response } = start(subject, request);
    assert.equal(await endOf(response), "ERR_RUN_TIMEOUT");
  },

  async "ends a cancelled run, in the processor too where that hears of it"(
    subject,
    processor,
  ) {
    const request = {
      ...requestOf(subject, processor, { do: "wait" }),
      graceMs: 300,
    };
    const { response, begun, controller } = start(subject, request);
    await begunOrSent(subject, begun);
    controller.abort();
    assert.equal(await endOf(response), "ERR_PREEMPTED");
    await processor.preempted?.();
  },

  async "reports a processor that does not take its token"(
    subject,
    processor,
  ) {
    if (processor.token === undefined) return;
    const stranger = { ...processor, token: "another" };
    const request = requestOf(subject, stranger, { do: "hello" });
    const { response } = start(subject, request);
    assert.equal(await failureOf(response), "ERR_UNAUTHORIZED");
  },

  async "does not connect when the run was cancelled before"(subject) {
    const url = "http://127.0.0.1:1";
    const request = requestOf(subject, { url }, { do: "hello" });
    const { response } = start(subject, request, aborted());
    assert.equal(await failureOf(response), "ERR_PREEMPTED");
  },

  async "refuses inputs that are larger than a frame"(subject, processor) {
    const text = "x".repeat(MAX_FRAME_BYTES);
    const request = requestOf(subject, processor, { do: "echo", text });
    const { response } = start(subject, request);
    assert.equal(await failureOf(response), "ERR_DOCUMENT_TOO_LARGE");
  },

  async "reports a message that is larger than a frame"(subject, processor) {
    const text = String(MAX_FRAME_BYTES);
    const request = requestOf(subject, processor, { do: "huge", text });
    const { response } = start(subject, request);
    assert.equal(await failureOf(response), "ERR_RESPONSE_TOO_LARGE");
  },

  async "reports that nobody listens"(subject) {
    const request = requestOf(subject, { url: unusedUrl() }, { do: "hello" });
    assert.equal(
      await failureOf(start(subject, request).response),
      "ERR_NETWORK",
    );
  },

  async "reports a server that takes the connection and says nothing"(
    subject,
  ) {
    using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const url = `http://127.0.0.1:${listener.addr.port}`;
    const request = {
      ...requestOf(subject, { url }, { do: "hello" }),
      openMs: 100,
    };
    const { response } = start(subject, request);
    assert.equal(await failureOf(response), "ERR_READY_TIMEOUT");
  },

  async "reports a connection that breaks in the middle of the run"(
    subject,
    processor,
  ) {
    await using relay = relayTo(processor.url);
    const through = { ...processor, url: relay.url };
    const request = requestOf(subject, through, { do: "wait" });
    const { response, begun } = start(subject, request);
    const code = failureOf(response);
    await Promise.race([begunOrSent(subject, begun), code]);
    relay.cut();
    assert.equal(await code, "ERR_CONNECTION_LOST");
  },

  async "reports a connection that is half open"(subject, processor) {
    await using relay = relayTo(processor.url);
    const through = { ...processor, url: relay.url };
    const request = {
      ...requestOf(subject, through, { do: "wait" }),
      // Long enough for the run to begin on a machine that stands still for a moment.
      timeoutS: 2,
      graceMs: 10,
    };
    const { response, begun } = start(subject, request);
    const code = failureOf(response);
    await Promise.race([begunOrSent(subject, begun), code]);
    relay.freeze();
    assert.equal(
      await code,
      subject.asksHealth ? "ERR_NO_ANSWER" : "ERR_RUN_TIMEOUT",
    );
  },
} satisfies Readonly<Record<string, Claim>>;

/** Where there are no events, waits a moment: what comes of it is the same when that is too short. */
async function begunOrSent(
  { events }: TransportSubject,
  begun: Promise<void>,
): Promise<void> {
  if (events("").length > 0) return await begun;
  await new Promise((resolve) => setTimeout(resolve, 200));
}

function aborted(): AbortController {
  const controller = new AbortController();
  controller.abort();
  return controller;
}

function unusedUrl(): string {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return `http://127.0.0.1:${listener.addr.port}`;
}

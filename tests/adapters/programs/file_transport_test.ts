import assert from "node:assert/strict";
import type { TransportRequest } from "../../../adapters/mod.ts";
import type { Container } from "../../../adapters/containers/docker_api.ts";
import { fileTransport } from "../../../adapters/programs/file_transport.ts";
import type { WritePrefix } from "../../../schemas/mod.ts";
import { temporary } from "../temporary.ts";

const REQUEST: TransportRequest = {
  url: "container:x",
  executionId: "R1",
  mode: "mock",
  inputs: {},
  writePrefix: "/artifacts/outputs/x/R1/" as WritePrefix,
  timeoutS: 60,
  graceMs: 500,
};

/** A container that runs until it is killed by SIGKILL, and the signals that it was sent. */
function stubborn(): { container: Container; signals: string[] } {
  const signals: string[] = [];
  const over = Promise.withResolvers<{ StatusCode: number }>();
  const container = {
    id: "c1",
    logs: () => Promise.resolve((async function* () {})()),
    wait: () => over.promise,
    inspect: () => Promise.resolve({ State: { Running: false } }),
    kill({ signal }: { readonly signal: string }) {
      signals.push(signal);
      if (signal === "SIGKILL") over.resolve({ StatusCode: 137 });
      return Promise.resolve();
    },
  };
  return { container: container as unknown as Container, signals };
}

Deno.test("fileTransport() kills a program that is to end at once, also in the middle of its grace period", async () => {
  await using place = await temporary();
  for (const cancelled of [false, true]) {
    const { container, signals } = stubborn();
    const [cancel, over] = [new AbortController(), new AbortController()];
    const removed: Container[] = [];
    const transport = fileTransport({
      workDir: place.folder,
      secrets: [],
      begin: () => Promise.resolve(container),
      remove: (each) => Promise.resolve(void removed.push(each)),
    });
    const response = transport.run(REQUEST, {
      signal: AbortSignal.any([cancel.signal, over.signal]),
      atOnce: over.signal,
      onEvent: () => {},
      onWait() {
        queueMicrotask(() => {
          if (cancelled) cancel.abort();
          over.abort();
        });
      },
    });
    await assert.rejects(response, { code: "ERR_PREEMPTED" });
    assert.deepEqual(signals, cancelled ? ["SIGTERM", "SIGKILL"] : ["SIGKILL"]);
    assert.deepEqual(removed, [container]);
  }
});

import assert from "node:assert/strict";
import { join } from "node:path";
import { moving, whileMoving } from "../../adapters/while_moving.ts";
import { attach, memoryStore, saveOutputs } from "../../adapters/mod.ts";
import { Failure } from "../../schemas/mod.ts";
import { openLocal } from "./local_fixture.ts";
import { temporary } from "./temporary.ts";

/** A store of a disk that is dead. */
function never(): Promise<never> {
  return new Promise(() => {});
}

function limits(signal = new AbortController().signal) {
  return {
    signal,
    stallMs: 50,
    interrupted: () => new Failure("ERR_INTERRUPTED", "interrupted"),
    stalled: (seconds: number, doing: string) =>
      new Failure("ERR_SAVE_TIMEOUT", `${seconds} s while ${doing}`),
  };
}

Deno.test("whileMoving() lets work take its time as long as it moves", async () => {
  const patient = { ...limits(), stallMs: 1000 };
  const answer = await whileMoving(patient, async (moved) => {
    for (let i = 0; i < 8; i++) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      moved();
    }
    return "done";
  });
  assert.equal(answer, "done");
});

Deno.test("whileMoving() gives up work that stands still, saying what it was at", async () => {
  const working = whileMoving(limits(), (moved) => {
    moved("writing a");
    return new Promise(() => {});
  });
  await assert.rejects(working, {
    code: "ERR_SAVE_TIMEOUT",
    message: "0.05 s while writing a",
  });
});

Deno.test("whileMoving() ends interrupted work at its next movement, and lets it clean up", async () => {
  const abort = new AbortController();
  let cleaned = false;
  const endless = ReadableStream.from((async function* () {
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      yield new Uint8Array(1);
    }
  })());
  const working = whileMoving(limits(abort.signal), async (moved) => {
    try {
      for await (const _ of moving(endless, moved)) abort.abort();
    } finally {
      cleaned = true;
    }
  });
  await assert.rejects(working, { code: "ERR_INTERRUPTED" });
  assert.ok(cleaned);
});

Deno.test("saveOutputs() reports a store that stands still as ERR_SAVE_TIMEOUT", async () => {
  await using place = await temporary();
  const store = {
    ...memoryStore(),
    open: () => Promise.resolve(new ReadableStream<Uint8Array>()),
  };
  const output = {
    path: "/artifacts/outputs/a.txt",
    cid: `b3:${"0".repeat(64)}` as const,
    size_bytes: 1,
    mime: "text/plain",
  };
  const saving = saveOutputs(
    {
      status: "success",
      execution_id: "E1",
      outputs: [output],
      index_path: "",
      meta: { env_fingerprint: "", image_digest: "", duration_ms: 0 },
    },
    { kind: "first", path: join(place.folder, "a.txt") },
    { store, signal: new AbortController().signal, stallMs: 50 },
  );
  await assert.rejects(saving, {
    code: "ERR_SAVE_TIMEOUT",
    message: /nothing moved for 0\.05 s while writing ".*a\.txt"$/,
  });
});

Deno.test("attach() reports a store that stands still as ERR_ATTACH_TIMEOUT", async () => {
  await using place = await temporary();
  const file = join(place.folder, "a.png");
  await Deno.writeFile(file, new Uint8Array(9));
  const attaching = attach(
    {
      payload: {},
      uses: [],
      attachments: [{ name: "photo", path: file, from: "document" }],
    },
    {
      store: { ...memoryStore(), put: never },
      resolvePath: ({ path }) => path,
      signal: new AbortController().signal,
      stallMs: 50,
    },
  );
  await assert.rejects(attaching, {
    code: "ERR_ATTACH_TIMEOUT",
    message: /nothing moved for 0\.05 s/,
  });
});

Deno.test("invoke() reports a store that stands still as ERR_COLLECT_TIMEOUT", async () => {
  const store = { ...memoryStore(), put: never };
  await using local = await openLocal({ store, stallMs: 50 });
  await assert.rejects(local.invoke({ name: "Ada" }), {
    code: "ERR_COLLECT_TIMEOUT",
    message: /^Cannot collect the outputs of "E1": nothing moved for 0\.05 s/,
  });
});

Deno.test("invoke() cancels a run while its outputs are collected", async () => {
  const abort = new AbortController();
  await using local = await openLocal();
  const envelope = await local.invoke({ name: "Ada" }, {}, {
    signal: abort.signal,
    onPhase: (phase) => phase === "collect" && abort.abort(),
  });
  assert.equal(envelope.status, "error");
  assert.ok(envelope.status === "error");
  assert.equal(envelope.error.code, "ERR_PREEMPTED");
  assert.match(envelope.error.message, /while its outputs were collected/);
});

import assert from "node:assert/strict";
import type { ArtifactStore } from "../../adapters/mod.ts";
import type { Cid } from "../../schemas/mod.ts";
import { cidOf } from "../../schemas/mod.ts";
import { GC_CLAIMS } from "./gc_conformance.ts";
import { LINK_CLAIMS } from "./link_conformance.ts";
import { listed, path, pattern, read, streamOf } from "./store_content.ts";

/** A store under test, and how to damage what it holds behind its back. */
export interface StoreUnderTest {
  readonly store: ArtifactStore;
  /** Changes one byte of stored content, leaving its size. */
  damage(cid: Cid): Promise<void>;
  /** Cuts stored content off. */
  truncate(cid: Cid): Promise<void>;
  /** Makes stored content look as if it was used last a day ago. */
  age(cid: Cid): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

export type Claim = (tested: StoreUnderTest) => Promise<void>;

const EMPTY =
  "b3:af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262";

/** What every store promises. A store's own test is one call of this. */
export function testStore(
  name: string,
  open: () => Promise<StoreUnderTest>,
): void {
  for (const [claim, prove] of Object.entries(CLAIMS)) {
    Deno.test(`${name} ${claim}`, async () => {
      await using tested = await open();
      await prove(tested);
    });
  }
}

const CLAIMS: Readonly<Record<string, Claim>> = {
  ...LINK_CLAIMS,
  ...GC_CLAIMS,

  async "put() answers cid and size, open() the bytes"({ store }) {
    const bytes = new TextEncoder().encode("Hello, wörld\n");
    const stored = await store.put(streamOf(bytes));
    assert.deepEqual(stored, { cid: await cidOf(bytes), size: 14 });
    assert.deepEqual(await store.stat(stored.cid), stored);
    assert.deepEqual(await read(store, stored.cid), bytes);
  },

  async "keeps empty content"({ store }) {
    const stored = await store.put(streamOf());
    assert.deepEqual(stored, { cid: EMPTY, size: 0 });
    assert.deepEqual(await read(store, stored.cid), new Uint8Array());
  },

  async "put() takes content in any pieces, and pieces that are used again"(
    { store },
  ) {
    const whole = pattern(700_000);
    const piece = new Uint8Array(70_000);
    const reusing = ReadableStream.from((async function* () {
      for (let at = 0; at < whole.length; at += piece.length) {
        piece.set(whole.subarray(at, at + piece.length));
        yield await Promise.resolve(piece);
      }
    })());
    const stored = await store.put(reusing);
    assert.equal(stored.cid, await cidOf(whole));
    assert.deepEqual(await read(store, stored.cid), whole);
    const ragged = [0, 1, 2, 100_000, 100_000, 700_000];
    const again = await store.put(
      streamOf(
        ...ragged.slice(1).map((end, i) => whole.subarray(ragged[i], end)),
      ),
    );
    assert.deepEqual(again, stored);
  },

  async "put() of the same bytes many times at once keeps them once"(
    { store },
  ) {
    const bytes = pattern(400_000);
    const all = await Promise.all(
      Array.from({ length: 16 }, () => store.put(streamOf(bytes))),
    );
    assert.equal(new Set(all.map(({ cid }) => cid)).size, 1);
    assert.deepEqual(await read(store, await cidOf(bytes)), bytes);
  },

  async "put() passes on the error of content that breaks off, and keeps nothing"(
    { store },
  ) {
    const bytes = pattern(600_000);
    const broken = ReadableStream.from((async function* () {
      yield await Promise.resolve(bytes);
      throw new RangeError("broken off");
    })());
    await assert.rejects(store.put(broken), RangeError);
    assert.equal(await store.stat(await cidOf(bytes)), undefined);
  },

  async "stat(), open() and resolve() answer nothing for what is not there"(
    { store },
  ) {
    const cid = await cidOf(pattern(3));
    assert.equal(await store.stat(cid), undefined);
    assert.equal(await store.open(cid), undefined);
    assert.equal(await store.resolve(path("/artifacts/a")), undefined);
    assert.deepEqual(await listed(store, "/"), []);
  },

  async "open() reports damaged bytes before it hands out the end of them"(
    tested,
  ) {
    for (const size of [1, 5_000, 900_000]) {
      const bytes = pattern(size);
      const { cid } = await tested.store.put(streamOf(bytes));
      await tested.damage(cid);
      const content = await tested.store.open(cid);
      assert.ok(content);
      let seen = 0;
      await assert.rejects(async () => {
        for await (const piece of content) seen += piece.length;
      }, { code: "ERR_STORE" });
      assert.ok(seen < size);
    }
  },

  async "put() replaces content that was cut off"(tested) {
    const bytes = pattern(300_000);
    const { cid } = await tested.store.put(streamOf(bytes));
    await tested.truncate(cid);
    await tested.store.put(streamOf(bytes));
    assert.deepEqual(await read(tested.store, cid), bytes);
  },

  async "put() replaces content that was damaged, of which it reads what is there"(
    tested,
  ) {
    for (const size of [1, 5_000, 900_000]) {
      const bytes = pattern(size);
      const { cid } = await tested.store.put(streamOf(bytes));
      await tested.damage(cid);
      await tested.store.put(streamOf(bytes));
      assert.deepEqual(await read(tested.store, cid), bytes);
    }
  },

  async "stamp() tells that something wrote to content, not that it was used"(
    tested,
  ) {
    const { store } = tested;
    const bytes = pattern(5_000);
    const stored = await store.put(streamOf(bytes));
    const { cid } = stored;
    const before = await store.stamp(cid);
    assert.equal(typeof before, "string");
    // Longer than two writings may be apart that have the same time.
    await new Promise((resolve) => setTimeout(resolve, 20));
    await store.put(streamOf(bytes));
    await store.claim(cid);
    await store.link(path("/artifacts/x"), { ...stored, mime: "a/b" });
    await read(store, cid);
    await tested.age(cid);
    assert.equal(await store.stamp(cid), before);
    await tested.damage(cid);
    assert.notEqual(await store.stamp(cid), before);
    assert.equal(await store.stamp(await cidOf(pattern(9))), undefined);
  },

  async "verify() tells whole, damaged and missing content apart"(tested) {
    const { store } = tested;
    const whole = await store.put(streamOf(pattern(600_000)));
    const damaged = await store.put(streamOf(pattern(500_000)));
    const short = await store.put(streamOf(pattern(400_000)));
    await tested.damage(damaged.cid);
    await tested.truncate(short.cid);
    const verdicts = [whole, damaged, short].map(({ cid }) =>
      store.verify(cid)
    );
    assert.deepEqual(await Promise.all(verdicts), [
      { state: "whole", size: 600_000 },
      { state: "damaged", size: 500_000 },
      { state: "damaged", size: 399_999 },
    ]);
    let read = 0;
    await store.verify(whole.cid, (count) => read += count);
    assert.equal(read, 600_000);
    const count = () => assert.fail("nothing is there to be read");
    assert.deepEqual(await store.verify(await cidOf(pattern(9)), count), {
      state: "missing",
    });
  },

  async "setAside() makes room for damaged content, and leaves whole content"(
    tested,
  ) {
    const { store } = tested;
    const bytes = pattern(5_000);
    const { cid } = await store.put(streamOf(bytes));
    assert.equal(await store.setAside(cid), undefined);
    assert.equal(await store.setAside(await cidOf(pattern(9))), undefined);
    await tested.damage(cid);
    assert.equal(typeof await store.setAside(cid), "string");
    assert.equal(await store.stat(cid), undefined);
    assert.deepEqual(await store.verify(cid), { state: "missing" });
    await store.put(streamOf(bytes));
    assert.deepEqual(await read(store, cid), bytes);
  },

  async "cids() answers what is stored and when it was used, in order"(
    tested,
  ) {
    const { store } = tested;
    assert.deepEqual(await Array.fromAsync(store.cids()), []);
    const sizes = [1, 2, 3, 300_000];
    for (const size of sizes) await store.put(streamOf(pattern(size)));
    const all = await Array.fromAsync(store.cids());
    assert.deepEqual(all.map(({ size }) => size).sort(), [...sizes].sort());
    assert.deepEqual(
      all.map(({ cid }) => cid),
      all.map(({ cid }) => cid).sort(),
    );
    const [first] = all;
    assert.ok(first);
    await tested.age(first.cid);
    const [aged] = await Array.fromAsync(store.cids());
    assert.ok(aged && aged.usedAtMs < first.usedAtMs);
  },

  async "put(), claim() and link() count as use"(tested) {
    const { store } = tested;
    const bytes = pattern(300_000);
    const stored = await store.put(streamOf(bytes));
    const usedAt = async () => {
      const [only] = await Array.fromAsync(store.cids());
      return only?.usedAtMs ?? 0;
    };
    const uses = [
      () => store.put(streamOf(bytes)),
      () => store.claim(stored.cid),
      () => store.link(path("/artifacts/x"), { ...stored, mime: "a/b" }),
    ];
    const before = await usedAt();
    for (const use of uses) {
      await tested.age(stored.cid);
      await use();
      assert.ok(await usedAt() >= before);
    }
    assert.deepEqual(await store.claim(stored.cid), stored);
    assert.equal(await store.claim(await cidOf(pattern(9))), undefined);
  },

  async "open() can be left after a piece, and before the first one"(
    { store },
  ) {
    const { cid } = await store.put(streamOf(pattern(900_000)));
    const unread = await store.open(cid);
    await unread?.cancel();
    for await (const piece of await store.open(cid) ?? []) {
      assert.ok(piece.length > 0);
      break;
    }
  },
};

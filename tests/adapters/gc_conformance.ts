import assert from "node:assert/strict";
import type { ArtifactStore, GcOptions } from "../../adapters/mod.ts";
import type { Cid } from "../../schemas/mod.ts";
import type { Claim, StoreUnderTest } from "./store_conformance.ts";
import { listed, path, read, stored, streamOf } from "./store_content.ts";

/** Collects what was not used for a second; the tests make content a day old. */
export function gc(store: ArtifactStore, options: Partial<GcOptions> = {}) {
  return store.gc({
    named: () => ReadableStream.from<Cid>([]),
    olderThanMs: 1_000,
    dryRun: false,
    forget: [],
    ...options,
  });
}

/** Content that was used a day ago. */
async function old({ store, age }: StoreUnderTest, text: string) {
  const record = await stored(store, text, "text/plain");
  await age(record.cid);
  return record;
}

/** What every store promises of `gc`. */
export const GC_CLAIMS: Readonly<Record<string, Claim>> = {
  async "gc() removes what nothing names, and the paths to it"(tested) {
    const { store } = tested;
    const kept = await stored(store, "kept", "text/plain");
    const gone = await stored(store, "gone", "text/plain");
    await store.link(path("/artifacts/a"), kept);
    await store.link(path("/artifacts/b"), gone);
    for (const { cid } of [kept, gone]) await tested.age(cid);
    const report = await gc(store, {
      named: () => ReadableStream.from([kept.cid]),
    });
    assert.deepEqual(report, {
      removed: [{ cid: gone.cid, size: 4 }],
      paths: ["/artifacts/b"],
      leftovers: 0,
      left: { count: 1, bytes: 4 },
    });
    assert.equal(await store.stat(gone.cid), undefined);
    assert.deepEqual(await listed(store, "/"), ["/artifacts/a"]);
    assert.ok(await read(store, kept.cid));
  },

  async "gc() with dryRun says the same and removes nothing"(tested) {
    const { store } = tested;
    const one = await stored(store, "one", "text/plain");
    await store.link(path("/artifacts/a"), one);
    await tested.age(one.cid);
    const planned = await gc(store, { dryRun: true });
    assert.deepEqual(await listed(store, "/"), ["/artifacts/a"]);
    assert.ok(await store.stat(one.cid));
    assert.deepEqual(await gc(store), planned);
    assert.equal(planned.removed.length, 1);
  },

  async "gc() leaves what was put or claimed a moment ago"(tested) {
    const { store } = tested;
    const claimed = await old(tested, "claimed");
    const again = await old(tested, "again");
    const garbage = await old(tested, "garbage");
    await store.claim(claimed.cid);
    await store.put(streamOf(new TextEncoder().encode("again")));
    const { removed } = await gc(store, { olderThanMs: 3_600_000 });
    assert.deepEqual(removed, [{ cid: garbage.cid, size: 7 }]);
    assert.ok(await store.stat(again.cid));
  },

  async "gc() leaves all that is used in a session, until it ends"(tested) {
    const { store } = tested;
    const before = await old(tested, "before");
    const session = await store.session();
    const during = await stored(store, "during", "text/plain");
    // A clock that lags by milliseconds must not matter either.
    assert.deepEqual((await gc(store, { olderThanMs: -60_000 })).removed, [
      { cid: before.cid, size: 6 },
    ]);
    await session[Symbol.asyncDispose]();
    await tested.age(during.cid);
    assert.equal((await gc(store)).removed.length, 1);
  },

  async "gc() asks what is named after it settled what is new"(tested) {
    const { store } = tested;
    const one = await old(tested, "one");
    const two = await old(tested, "two");
    const { removed } = await gc(store, {
      olderThanMs: 0,
      // Somebody claims one and has it recorded nowhere yet.
      named: () =>
        ReadableStream.from((async function* () {
          await store.claim(one.cid);
          yield* [];
        })()),
    });
    assert.deepEqual(removed, [{ cid: two.cid, size: 3 }]);
  },

  async "gc() leaves what a path keeps, until it is forgotten"(tested) {
    const { store } = tested;
    const first = await stored(store, "first", "text/plain");
    const second = await stored(store, "second", "text/plain");
    const at = path("/artifacts/mine/a");
    await store.link(at, first, { keep: true });
    await store.link(at, second);
    for (const { cid } of [first, second]) await tested.age(cid);
    assert.deepEqual((await gc(store)).removed, [
      { cid: second.cid, size: 6 },
    ]);
    assert.ok(await store.stat(first.cid));
    const forget = ["/artifacts/mine/"];
    assert.equal((await gc(store, { forget: ["/other"] })).removed.length, 0);
    assert.equal((await gc(store, { forget, dryRun: true })).removed.length, 1);
    assert.equal((await gc(store)).removed.length, 0);
    assert.equal((await gc(store, { forget })).removed.length, 1);
  },

  async "gc() collects nothing from a store that was never used"({ store }) {
    assert.deepEqual(await gc(store), {
      removed: [],
      paths: [],
      leftovers: 0,
      left: { count: 0, bytes: 0 },
    });
  },
};

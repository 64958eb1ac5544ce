import assert from "node:assert/strict";
import { cidOf } from "../../schemas/mod.ts";
import type { Claim } from "./store_conformance.ts";
import { listed, path, pattern, read, stored } from "./store_content.ts";

/** What every store promises of world paths. */
export const LINK_CLAIMS: Readonly<Record<string, Claim>> = {
  async "resolve() answers what link() named"({ store }) {
    const record = await stored(store, "one", "text/plain");
    await store.link(path("/artifacts/x/one.txt"), record);
    assert.deepEqual(
      await store.resolve(path("/artifacts/x/one.txt")),
      record,
    );
    assert.equal(await store.resolve(path("/artifacts/x/ONE.txt")), undefined);
    assert.equal(await store.resolve(path("/artifacts/x")), undefined);
  },

  async "link() refuses bytes that are not there, or of another size"(
    { store },
  ) {
    const there = await stored(store, "one", "text/plain");
    const missing = { ...there, cid: await cidOf(pattern(9)) };
    const at = path("/artifacts/x");
    await assert.rejects(store.link(at, missing), { code: "ERR_STORE" });
    await assert.rejects(store.link(at, { ...there, size: 4 }), {
      code: "ERR_STORE",
    });
    assert.equal(await store.resolve(at), undefined);
  },

  async "link() names nothing before what it waits for, and nothing when that fails"(
    { store },
  ) {
    const record = await stored(store, "one", "text/plain");
    const [late, never] = [path("/artifacts/late"), path("/artifacts/never")];
    const done = Promise.withResolvers<void>();
    const naming = store.link(late, record, { after: done.promise });
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal(await store.resolve(late), undefined);
    done.resolve();
    await naming;
    assert.deepEqual(await store.resolve(late), record);
    const failed = Promise.reject(new RangeError("no"));
    await assert.rejects(
      store.link(never, record, { after: failed }),
      RangeError,
    );
    assert.equal(await store.resolve(never), undefined);
    assert.deepEqual(await listed(store, "/artifacts/"), ["/artifacts/late"]);
  },

  async "link() of a path again leaves the bytes of before"({ store }) {
    const first = await stored(store, "one", "text/plain");
    const second = await stored(store, "two", "text/csv");
    const at = path("/artifacts/again");
    await store.link(at, first);
    await store.link(at, first);
    await store.link(at, second);
    assert.equal((await store.resolve(at))?.cid, second.cid);
    assert.equal((await store.resolve(at))?.mime, "text/csv");
    assert.deepEqual(
      await read(store, first.cid),
      new TextEncoder().encode("one"),
    );
  },

  async "link() takes the longest paths, any script, and names that differ in case"(
    { store },
  ) {
    const record = await stored(store, "one", "text/plain");
    const paths = [
      `/artifacts/${"x".repeat(255)}/${"y".repeat(255)}`,
      `/artifacts/${"漢".repeat(255)}`,
      `/artifacts/${"漢".repeat(253)}/`.repeat(4).slice(0, 1024),
      `/artifacts${"/a".repeat(500)}`,
      "/artifacts/Case",
      "/artifacts/case",
      "/artifacts/𝄞 score.txt",
      "/artifacts/b3:00/100% sure?.txt",
      "/streams/*",
    ].map(path);
    for (const each of paths) await store.link(each, record);
    for (const each of paths) {
      assert.deepEqual(await store.resolve(each), record);
    }
    assert.deepEqual(
      new Set(await listed(store, "/")),
      new Set<string>(paths),
    );
  },

  async "list() answers the paths with a prefix, by code point"({ store }) {
    const record = await stored(store, "one", "text/plain");
    const names = ["b", "a/2", "a/10", "a", "ab", "a/😀", "a/\uffee"];
    for (const name of names) {
      await store.link(path(`/artifacts/${name}`), record);
    }
    assert.deepEqual(await listed(store, "/artifacts/a"), [
      "/artifacts/a",
      "/artifacts/a/10",
      "/artifacts/a/2",
      "/artifacts/a/\uffee",
      "/artifacts/a/😀",
      "/artifacts/ab",
    ]);
    assert.deepEqual(await listed(store, "/artifacts/b"), ["/artifacts/b"]);
    assert.deepEqual(await listed(store, "/streams/"), []);
  },
};

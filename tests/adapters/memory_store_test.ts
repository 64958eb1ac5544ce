import assert from "node:assert/strict";
import { memoryStore } from "../../adapters/mod.ts";
import type { Cid } from "../../schemas/mod.ts";
import type { StoreUnderTest } from "./store_conformance.ts";
import { testStore } from "./store_conformance.ts";

testStore("memoryStore()", () => {
  const objects = new Map<Cid, Uint8Array>();
  const used = new Map<Cid, number>();
  const bytesOf = (cid: Cid) => {
    const bytes = objects.get(cid);
    assert.ok(bytes);
    return bytes;
  };
  const tested: StoreUnderTest = {
    store: memoryStore({ objects, used }),
    damage(cid) {
      const bytes = bytesOf(cid);
      const middle = bytes.length >> 1;
      bytes[middle] = (bytes[middle] ?? 0) ^ 1;
      return Promise.resolve();
    },
    truncate(cid) {
      objects.set(cid, bytesOf(cid).slice(0, -1));
      return Promise.resolve();
    },
    age(cid) {
      used.set(cid, Date.now() - 86_400_000);
      return Promise.resolve();
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
  return Promise.resolve(tested);
});

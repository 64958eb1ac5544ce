import assert from "node:assert/strict";
import { differences } from "../../../cli/runs/differences.ts";

Deno.test("differences() finds none between equal values", () => {
  const value = { a: [1, { b: null }, "x"], c: {} };
  assert.deepEqual(differences(value, structuredClone(value)), []);
  assert.deepEqual(differences({ a: 1, b: 2 }, { b: 2, a: 1 }), []);
  assert.deepEqual(differences(null, null), []);
});

Deno.test("differences() names every place by JSON Pointer, keys in order", () => {
  const a = { z: 1, "a/b": [1, 2], n: null, same: [[]] };
  const b = { z: "1", "a/b": [1, 3, 4], same: [[]] };
  assert.deepEqual(differences(a, b), [
    { path: "/a~1b/1", a: 2, b: 3 },
    { path: "/a~1b/2", b: 4 },
    { path: "/n", a: null },
    { path: "/z", a: 1, b: "1" },
  ]);
});

Deno.test("differences() takes values of different kinds as a whole", () => {
  assert.deepEqual(differences([], {}), [{ path: "", a: [], b: {} }]);
  assert.deepEqual(differences({ a: { b: 1 } }, { a: [1] }), [
    { path: "/a", a: { b: 1 }, b: [1] },
  ]);
  assert.deepEqual(differences(undefined, 0), [{ path: "", b: 0 }]);
});

Deno.test("differences() does not take what every object has for a key", () => {
  assert.deepEqual(differences({ toString: 1 }, {}), [
    { path: "/toString", a: 1 },
  ]);
});

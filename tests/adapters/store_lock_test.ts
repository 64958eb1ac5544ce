import assert from "node:assert/strict";
import { join } from "node:path";
import { storeLock } from "../../adapters/store/store_lock.ts";
import { temporary } from "./temporary.ts";

Deno.test("storeLock() lets one at a time do its step, also within a process", async () => {
  await using place = await temporary();
  const path = join(place.folder, "not", "yet", "lock");
  const order: string[] = [];
  const held = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  const first = storeLock(path).alone(async () => {
    order.push("first");
    begun.resolve();
    await held.promise;
    order.push("first ends");
  });
  await begun.promise;
  const second = storeLock(path).alone(() => {
    order.push("second");
    return Promise.resolve();
  });
  await new Promise((resolve) => setTimeout(resolve, 30));
  held.resolve();
  await Promise.all([first, second]);
  assert.deepEqual(order, ["first", "first ends", "second"]);
});

Deno.test("storeLock() is free again after a step that failed", async () => {
  await using place = await temporary();
  const lock = storeLock(join(place.folder, "lock"));
  const failing = () => Promise.reject(new RangeError("no"));
  await assert.rejects(lock.alone(failing), RangeError);
  await assert.rejects(lock.alone(failing), RangeError);
  assert.equal(await lock.alone(() => Promise.resolve(7)), 7);
});

import assert from "node:assert/strict";
import { join } from "node:path";
import { storeLock } from "../../adapters/store/store_lock.ts";
import { temporary } from "./temporary.ts";

Deno.test("storeLock() lets users overlap, and collectors be alone", async () => {
  await using place = await temporary();
  const path = join(place.folder, "not", "yet", "lock");
  const order: string[] = [];
  const first = Promise.withResolvers<void>();
  const second = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  const users = [first, second].map((held, i) =>
    storeLock(path).use(async () => {
      order.push("use");
      if (i === 1) begun.resolve();
      await held.promise;
      order.push("used");
    })
  );
  await begun.promise;
  const collecting = storeLock(path).collect(() => {
    order.push("collect");
    return Promise.resolve();
  });
  await new Promise((resolve) => setTimeout(resolve, 30));
  first.resolve();
  await users[0];
  second.resolve();
  await Promise.all([...users, collecting]);
  assert.deepEqual(order, ["use", "use", "used", "used", "collect"]);
});

Deno.test("storeLock() is free again after a step that failed", async () => {
  await using place = await temporary();
  const lock = storeLock(join(place.folder, "lock"));
  const failing = () => Promise.reject(new RangeError("no"));
  await assert.rejects(lock.collect(failing), RangeError);
  await assert.rejects(lock.use(failing), RangeError);
  assert.equal(await lock.collect(() => Promise.resolve(7)), 7);
});

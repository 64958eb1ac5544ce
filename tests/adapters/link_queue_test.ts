import assert from "node:assert/strict";
import { join } from "node:path";
import { linkQueue } from "../../adapters/store/link_queue.ts";
import { storeLock } from "../../adapters/store/store_lock.ts";
import { temporary } from "./temporary.ts";

Deno.test("linkQueue() does in one turn what came while the turn was waited for", async () => {
  let turns = 0;
  const held = Promise.withResolvers<void>();
  const queue = linkQueue({
    async alone(step) {
      turns++;
      await held.promise;
      return await step();
    },
  });
  const together: string[] = [];
  const all = Promise.withResolvers<void>();
  const paths = ["a", "b", "c"];
  const work = (path: string) => async () => {
    together.push(path);
    if (together.length === paths.length) all.resolve();
    await all.promise;
  };
  const done = paths.map((path) => queue({ path, work: work(path) }));
  held.resolve();
  await Promise.all(done);
  assert.equal(turns, 1);
  await queue({ path: "d", work: () => Promise.resolve() });
  assert.equal(turns, 2);
});

Deno.test("linkQueue() names a path in the order in which that was asked for", async () => {
  await using place = await temporary();
  const queue = linkQueue(storeLock(join(place.folder, "lock")));
  const order: number[] = [];
  const slow = async (n: number) => {
    await new Promise((resolve) => setTimeout(resolve, 20 - 10 * n));
    order.push(n);
  };
  await Promise.all(
    [0, 1, 2].map((n) => queue({ path: "same", work: () => slow(n) })),
  );
  assert.deepEqual(order, [0, 1, 2]);
});

Deno.test("linkQueue() fails what failed alone, and everything when there is no turn", async () => {
  await using place = await temporary();
  const queue = linkQueue(storeLock(join(place.folder, "lock")));
  const fail = () => Promise.reject(new RangeError("no"));
  const [failed, next, other] = await Promise.allSettled([
    queue({ path: "a", work: fail }),
    queue({ path: "a", work: () => Promise.resolve() }),
    queue({ path: "b", work: () => Promise.resolve() }),
  ]);
  assert.equal(failed.status, "rejected");
  assert.deepEqual([next.status, other.status], ["fulfilled", "fulfilled"]);
  const never = linkQueue({ alone: fail });
  for (const path of ["a", "b"]) {
    const work = () => Promise.resolve();
    await assert.rejects(never({ path, work }), RangeError);
  }
});

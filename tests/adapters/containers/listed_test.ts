import assert from "node:assert/strict";
import { listed } from "../../../adapters/containers/listed.ts";

const FILTERS = { label: ["theory.ref"] };

/** An engine that fails so many times, as Podman does. */
function failing(times: number, message: string) {
  const asked: unknown[] = [];
  return {
    asked,
    listContainers(options: unknown) {
      asked.push(options);
      if (asked.length > times) return Promise.resolve([]);
      const error = new Error(`(HTTP code 500) server error - ${message}`);
      return Promise.reject(Object.assign(error, { statusCode: 500 }));
    },
  };
}

const GONE = "container 9b74 does not exist in database: no such container";

Deno.test("listed() asks again when a container was removed while the engine looked", async () => {
  const docker = failing(2, GONE);
  assert.deepEqual(await listed(docker, FILTERS), []);
  const asked = { all: true, filters: FILTERS };
  assert.deepEqual(docker.asked, [asked, asked, asked]);
});

Deno.test("listed() gives up in the end, and at once on other errors", async () => {
  const always = failing(100, GONE);
  await assert.rejects(listed(always, FILTERS), /no such container/);
  assert.equal(always.asked.length, 5);
  const other = failing(1, "disk is full");
  await assert.rejects(listed(other, FILTERS), /disk is full/);
});

Deno.test("listed() does not wait for ever for an engine that hangs", async () => {
  const docker = { listContainers: () => new Promise<never>(() => {}) };
  await assert.rejects(listed(docker, FILTERS, 50), {
    code: "ERR_ENGINE_UNAVAILABLE",
    message: /does not answer any more \(No list in 50 ms\)$/,
  });
});

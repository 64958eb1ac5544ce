import assert from "node:assert/strict";
import { join } from "node:path";
import { usesOf, writeUse } from "../../adapters/local/shared_uses.ts";
import type { Shared, SharedRun } from "./shared_fixture.ts";
import {
  codeOf,
  leavesOf,
  openShared,
  ORIGINAL,
  said,
  TEXT,
  writeWorld,
} from "./shared_fixture.ts";

/** What two runs come to of which the second begins and ends while the first goes on, having written its output. */
async function nested(
  first: SharedRun,
  second: SharedRun,
): Promise<readonly string[]> {
  const goesOn = Promise.withResolvers<void>();
  const ends = Promise.withResolvers<void>();
  await using shared = await openShared([TEXT], async (request, artifacts) => {
    const answer = await ORIGINAL(request, artifacts);
    if (request["execution_id"] === second.executionId) return answer;
    goesOn.resolve();
    await ends.promise;
    return answer;
  });
  const slow = shared.invoke(first);
  await goesOn.promise;
  const quick = await codeWhen(shared, second);
  ends.resolve();
  const codes = [codeOf(await slow), quick];
  const left = await leavesOf(shared.runsDir);
  return [...codes, ...left.filter((path) => path.endsWith(".txt"))];
}

async function codeWhen(shared: Shared, run: SharedRun): Promise<string> {
  return await shared.invoke(run).then(codeOf, ({ code }) => String(code));
}

const NESTED: Readonly<Record<string, readonly [SharedRun, SharedRun]>> = {
  "has the name of a folder of all runs as its id": [
    {},
    { executionId: "outputs" },
  ],
  "has a folder of all runs as its prefix": [
    {},
    { executionId: "outputs", writePrefix: "/artifacts/{execution_id}/" },
  ],
  "has the name of a folder around another run's as its id": [
    { writePrefix: "/artifacts/demo/{execution_id}/" },
    { executionId: "demo" },
  ],
  "has a prefix in the folder of another run's id": [
    { executionId: "demo" },
    { executionId: "E2", writePrefix: "/artifacts/demo/{execution_id}/" },
  ],
};

for (const [what, [first, second]] of Object.entries(NESTED)) {
  Deno.test(`invoke() leaves the files of other runs alone when one ${what}`, async () => {
    assert.deepEqual(await nested(first, second), ["success", "success"]);
  });
}

Deno.test("invoke() refuses a run that can only write where another one does", async () => {
  const around = { executionId: "demo_echo", writePrefix: "/artifacts/x/" };
  assert.deepEqual(await nested({}, around), ["success", "ERR_INPUTS"]);
});

Deno.test("invoke() refuses a run that is given a file where another one writes", async () => {
  await using shared = await openShared([TEXT], async (request, artifacts) => {
    const { cid } = await shared.store.put([new TextEncoder().encode("other")]);
    const path = "/artifacts/outputs/demo_echo/E1/text/response.txt";
    const params = { $artifact: path, cid };
    await assert.rejects(shared.invoke({ executionId: "E2", params }), {
      code: "ERR_INPUTS",
      message: `Cannot start run "E2": run "E1", which goes on, uses ` +
        `"/artifacts/outputs/demo_echo/E1"`,
    });
    return ORIGINAL(request, artifacts);
  });
  assert.equal(codeOf(await shared.invoke()), "success");
});

Deno.test("invoke() takes the place of runs that were killed, whose files go first", async () => {
  await using shared = await openShared([TEXT], ORIGINAL);
  const { runsDir } = shared;
  const uses = usesOf(runsDir);
  await Deno.mkdir(uses);
  const own = [["outputs", "demo_echo"]];
  writeUse(uses, "dead", { own, given: [] });
  // No disk has such a name: what is left there cannot be removed.
  writeUse(uses, "kept", { own: [["a\0"], ...own], given: [] });
  await writeWorld(runsDir, ["/artifacts/outputs/demo_echo/E1/old.txt", "x"]);
  assert.equal(codeOf(await shared.invoke()), "success");
  assert.deepEqual(await leavesOf(uses), [".lock", "kept"]);
});

Deno.test("invoke() refuses a run that is given another file in the place of one that is used", async () => {
  const put = (text: string) =>
    shared.store.put([new TextEncoder().encode(text)]);
  const given = async (text: string) => ({
    params: {
      $artifact: "/artifacts/inputs/a.txt",
      cid: (await put(text)).cid,
    },
  });
  await using shared = await openShared([], async (request, artifacts) => {
    const run = { ...await given("other"), executionId: "E2" };
    assert.equal(await codeWhen(shared, run), "ERR_INPUTS");
    const text = await Deno.readTextFile(join(artifacts, "inputs/a.txt"));
    assert.equal(text, "first");
    return said(request, []);
  });
  assert.equal(codeOf(await shared.invoke(await given("first"))), "success");
  assert.equal(codeOf(await shared.invoke(await given("first"))), "success");
});

Deno.test("invoke() collects each output once when the prefix begins with the run's id", async () => {
  for (
    const prefix of ["{execution_id}/", "{execution_id}/x/{execution_id}/"]
  ) {
    await using shared = await openShared([TEXT], ORIGINAL);
    const writePrefix = `/artifacts/${prefix}`;
    const envelope = await shared.invoke({ writePrefix });
    assert.ok(envelope.status === "success", JSON.stringify(envelope));
    assert.deepEqual(envelope.outputs.map(({ path }) => path), [
      `${writePrefix.replaceAll("{execution_id}", "E1")}text/response.txt`,
    ]);
  }
});

Deno.test("invoke() makes copies of what is given where no processor sees them", async () => {
  const seen: string[] = [];
  await using shared = await openShared([], (request) => said(request, []));
  const { runsDir } = shared;
  using watcher = Deno.watchFs(runsDir);
  const watching = (async () => {
    for await (const { paths } of watcher) {
      seen.push(...paths.map((path) => path.slice(runsDir.length + 1)));
      if (paths.some((path) => path.endsWith("end.txt"))) return;
    }
  })();
  const { cid } = await shared.store.put([new TextEncoder().encode("given")]);
  const params = { $artifact: "/artifacts/inputs/a.txt", cid };
  assert.equal(codeOf(await shared.invoke({ params })), "success");
  await writeWorld(runsDir, ["/artifacts/end.txt", ""]);
  await watching;
  const names = new Set(seen.map((path) => path.split("/")[0]));
  assert.deepEqual([...names].sort(), ["end.txt", "inputs"]);
  assert.deepEqual(await leavesOf(join(runsDir, "..")), [
    ".uses-demo~echo@1/.lock",
    "demo~echo@1/end.txt",
  ]);
});

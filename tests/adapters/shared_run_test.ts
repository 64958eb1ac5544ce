import assert from "node:assert/strict";
import { join } from "node:path";
import { claim, claimBeside } from "../../adapters/sandbox/claim.ts";
import { sweepRuns } from "../../adapters/mod.ts";
import { usesOf, writeUse } from "../../adapters/local/shared_uses.ts";
import type { Envelope } from "../../schemas/mod.ts";
import type { Answer, Shared } from "./shared_fixture.ts";
import {
  codeOf,
  leavesOf,
  openShared,
  ORIGINAL,
  said,
  TEXT,
  writeWorld,
} from "./shared_fixture.ts";

const USAGE = { path: "usage.json", name: "usage", mime: "application/json" };
const RESPONSE = { ...TEXT, name: "response" };

/** The texts of an envelope's outputs, by path. */
async function textsOf(
  { store }: Shared,
  envelope: Envelope,
): Promise<Readonly<Record<string, string>>> {
  assert.ok(envelope.status === "success", JSON.stringify(envelope));
  const pairs = envelope.outputs.map(async ({ path, cid }) => {
    const bytes = await store.open(cid);
    return [path, await new Response(bytes ?? null).text()] as const;
  });
  return Object.fromEntries(await Promise.all(pairs));
}

Deno.test("invoke() files what an original processor wrote under its declared path, and leaves nothing of it", async () => {
  await using shared = await openShared([TEXT], ORIGINAL);
  assert.deepEqual(await textsOf(shared, await shared.invoke()), {
    "/artifacts/outputs/demo_echo/E1/text/response.txt": "Mock response: hi",
  });
  assert.deepEqual(await leavesOf(shared.runsDir), [
    "execution",
    "outputs/demo_echo",
  ]);
  assert.deepEqual(shared.notes, []);
});

Deno.test("invoke() sends a private prefix where the asked one is not the run's alone, and files under the asked one", async () => {
  const sent: unknown[] = [];
  await using shared = await openShared([TEXT], (request, artifacts) => {
    sent.push(request["write_prefix"]);
    return ORIGINAL(request, artifacts);
  });
  const asked = "/artifacts/outputs/common/";
  const envelope = await shared.invoke({ writePrefix: asked });
  assert.deepEqual(sent, ["/artifacts/outputs/E1/"]);
  assert.deepEqual(Object.keys(await textsOf(shared, envelope)), [
    "/artifacts/outputs/common/text/response.txt",
  ]);
});

Deno.test("invoke() collects outputs that are values of the answer, unless there are files of them", async () => {
  await using shared = await openShared(
    [RESPONSE, USAGE, { path: "tokens.json", name: "tokens" }],
    async ({ execution_id: id }, artifacts) => {
      await writeWorld(artifacts, [
        `/artifacts/${id}/text/response.txt`,
        "from the file",
      ]);
      const outputs = {
        response: `local://${id}/response?data=%22from%20the%20answer%22`,
        usage: `local://${id}/usage?data=%7B%22a%22%3A%20%22%C3%A9%22%7D`,
        tokens: 5,
        undeclared: 6,
      };
      return { status: "success", run_id: id ?? null, outputs };
    },
  );
  assert.deepEqual(await textsOf(shared, await shared.invoke()), {
    "/artifacts/outputs/demo_echo/E1/text/response.txt": "from the file",
    "/artifacts/outputs/demo_echo/E1/tokens.json": "5",
    "/artifacts/outputs/demo_echo/E1/usage.json": '{"a": "é"}',
  });
});

Deno.test("invoke() gives texts in values as they are, and as JSON where that is declared", async () => {
  await using shared = await openShared([RESPONSE, USAGE], (request) => ({
    status: "success",
    run_id: request["execution_id"] ?? null,
    outputs: { response: "x://y?data=%22a%22", usage: "x://y?data=%22a%22" },
  }));
  const texts = await textsOf(shared, await shared.invoke());
  assert.deepEqual(Object.values(texts), ["a", '"a"']);
});

const WRONG: Readonly<Record<string, readonly [string, Answer]>> = {
  "lists an output twice": ["ERR_OUTPUT_DUPLICATE", async (request, folder) => {
    const path = `${request["write_prefix"]}text/response.txt`;
    await writeWorld(folder, [path, "x"]);
    return said(request, [path, path]);
  }],
  "lists an output above its prefix": [
    "ERR_DOT_SEGMENTS",
    (request) => said(request, [`${request["write_prefix"]}../x`]),
  ],
  "lists an output that it did not write": [
    "ERR_OUTPUT_MISSING",
    (request) => said(request, [`${request["write_prefix"]}text/other.txt`]),
  ],
  "lists an output by the end of its path alone": [
    "ERR_OUTPUT_MISSING",
    async (request, folder) => {
      const path = `${request["write_prefix"]}text/response.txt`;
      await writeWorld(folder, [path, "x"]);
      return said(request, ["/artifacts/text/response.txt"]);
    },
  ],
  "lists an output without a path": [
    "ERR_BAD_RESPONSE",
    (request) => ({ ...said(request, []), outputs: [{ uri: "x" }] }),
  ],
  "writes one output in two places": [
    "ERR_OUTPUT_DUPLICATE",
    async (request, folder) => {
      const prefix = request["write_prefix"];
      for (const name of ["text/response.txt", "outputs/text/response.txt"]) {
        await writeWorld(folder, [`${prefix}${name}`, "x"]);
      }
      return said(request, []);
    },
  ],
  "writes what is not declared": [
    "ERR_OUTPUT_UNDECLARED",
    async (request, folder) => {
      await writeWorld(folder, [`${request["write_prefix"]}other`, "x"]);
      return said(request, []);
    },
  ],
  "answers a value that is not JSON": [
    "ERR_BAD_RESPONSE",
    (request) => ({
      ...said(request, []),
      outputs: { [TEXT.path]: "x://y?data=%7B" },
    }),
  ],
  "leaves a link": ["ERR_OUTPUT_UNSAFE", async (request, folder) => {
    const path = `${request["write_prefix"]}text/response.txt`;
    await writeWorld(folder, [path, "x"]);
    const place = join(folder, path.slice("/artifacts/".length));
    await Deno.remove(place);
    await Deno.symlink("/etc/hostname", place);
    return said(request, [path]);
  }],
};

for (const [what, [code, answer]] of Object.entries(WRONG)) {
  Deno.test(`invoke() answers with ${code} when an original processor ${what}`, async () => {
    await using shared = await openShared([TEXT], answer);
    assert.equal(codeOf(await shared.invoke()), code);
    const left = await leavesOf(shared.runsDir);
    assert.ok(!left.some((path) => path.includes("E1")), left.join());
  });
}

Deno.test("invoke() does not follow a link that leads out of the shared folder", async () => {
  await using shared = await openShared([TEXT], ORIGINAL);
  const elsewhere = join(shared.runsDir, "..", "elsewhere");
  await Deno.mkdir(join(elsewhere, "E1"), { recursive: true });
  await Deno.mkdir(join(shared.runsDir, "outputs"));
  await Deno.symlink(elsewhere, join(shared.runsDir, "outputs", "demo_echo"));
  assert.equal(codeOf(await shared.invoke()), "ERR_OUTPUT_UNSAFE");
  assert.deepEqual(
    await leavesOf(join(elsewhere, "E1", "outputs")),
    ["text/response.txt"],
  );
});

Deno.test("invoke() gives the files that the inputs name at their paths, and removes them", async () => {
  const seen: string[] = [];
  await using shared = await openShared([], async (request, artifacts) => {
    seen.push(
      await Deno.readTextFile(join(artifacts, "inputs/given/100%25.txt")),
      await Deno.readTextFile(join(artifacts, `outputs/E1/${"earlier.txt"}`)),
    );
    return said(request, []);
  });
  const { cid } = await shared.store.put([new TextEncoder().encode("given")]);
  const params = [
    { $artifact: "/artifacts/inputs/given/100%25.txt", cid },
    { deep: { $artifact: "/artifacts/outputs/E1/earlier.txt", cid } },
  ];
  const writePrefix = "/artifacts/outputs/";
  assert.equal(codeOf(await shared.invoke({ params, writePrefix })), "success");
  assert.deepEqual(seen, ["given", "given"]);
  assert.deepEqual(await leavesOf(shared.runsDir), ["outputs"]);
});

Deno.test("invoke() leaves a file that another run was given as well", async () => {
  const path = "/artifacts/inputs/given/a.txt";
  const first = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  await using shared = await openShared([], async (request, artifacts) => {
    if (request["execution_id"] === "E1") {
      begun.resolve();
      await first.promise;
    }
    await Deno.readTextFile(join(artifacts, "inputs/given/a.txt"));
    return said(request, []);
  });
  const { cid } = await shared.store.put([new TextEncoder().encode("given")]);
  const params = { $artifact: path, cid };
  const slow = shared.invoke({ params });
  await begun.promise;
  const quick = await shared.invoke({ params, executionId: "E2" });
  assert.equal(codeOf(quick), "success");
  assert.deepEqual(await leavesOf(shared.runsDir), ["inputs/given/a.txt"]);
  first.resolve();
  assert.equal(codeOf(await slow), "success");
  assert.deepEqual(await leavesOf(shared.runsDir), []);
});

Deno.test("invoke() refuses a second run of one id on a shared instance", async () => {
  const first = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  await using shared = await openShared([], async (request) => {
    begun.resolve();
    await first.promise;
    return said(request, []);
  });
  const slow = shared.invoke();
  await begun.promise;
  await assert.rejects(shared.invoke(), { code: "ERR_INPUTS" });
  first.resolve();
  assert.equal(codeOf(await slow), "success");
});

Deno.test("invoke() does not run real on an instance that gets to no network", async () => {
  const requests: unknown[] = [];
  const answer: Answer = (request) => {
    requests.push(request);
    return said(request, []);
  };
  await using shared = await openShared([], answer, { hermetic: true });
  await assert.rejects(shared.invoke({ mode: "real" }), {
    code: "ERR_MODE_UNSUPPORTED",
  });
  assert.deepEqual(requests, []);
  assert.equal(codeOf(await shared.invoke()), "success");
});

Deno.test("sweepRuns() removes what killed runs used of a shared folder, and nothing of those that go on", async () => {
  await using shared = await openShared([], (request) => said(request, []));
  const uses = usesOf(shared.runsDir);
  await Deno.mkdir(uses);
  const { cid } = await shared.store.put([new Uint8Array()]);
  const both = { names: ["inputs", "both.txt"], cid };
  const given = [both, { names: ["inputs", "dead.txt"], cid }];
  writeUse(uses, "dead", { own: [["outputs", "x", "dead"]], given });
  writeUse(uses, "alive", {
    own: [["alive"]],
    given: [both],
  });
  const held = claim(claimBeside(join(uses, "alive")));
  for (const path of ["inputs/both.txt", "inputs/dead.txt", "alive/a"]) {
    await writeWorld(shared.runsDir, [`/artifacts/${path}`, "x"]);
  }
  await writeWorld(shared.runsDir, ["/artifacts/outputs/x/dead/a", "x"]);
  await keepInstance(shared);
  await sweepRuns(join(shared.runsDir, "../.."));
  assert.deepEqual(await leavesOf(shared.runsDir), [
    "alive/a",
    "inputs/both.txt",
    "outputs/x",
  ]);
  held?.release();
  await sweepRuns(join(shared.runsDir, "../.."));
  assert.deepEqual(await leavesOf(shared.runsDir), ["outputs/x"]);
});

Deno.test("sweepRuns() tries again what could not be removed of a shared folder", async () => {
  await using shared = await openShared([], (request) => said(request, []));
  const uses = usesOf(shared.runsDir);
  await Deno.mkdir(uses);
  // No disk has such a name.
  writeUse(uses, "dead", { own: [["a\0"]], given: [] });
  await keepInstance(shared);
  await sweepRuns(join(shared.runsDir, "../.."));
  assert.deepEqual(await leavesOf(uses), [".lock", "dead"]);
  writeUse(uses, "dead", { own: [["a"]], given: [] });
  await writeWorld(shared.runsDir, ["/artifacts/a/b", "x"]);
  await sweepRuns(join(shared.runsDir, "../.."));
  assert.deepEqual(await leavesOf(uses), [".lock"]);
  assert.deepEqual(await leavesOf(shared.runsDir), []);
});

/** What the state folder has of an instance whose server is not ours. */
async function keepInstance({ runsDir }: Shared): Promise<void> {
  const instances = join(runsDir, "../../instances");
  await Deno.mkdir(instances);
  await Deno.writeTextFile(join(instances, "demo~echo@1.lock"), "");
  await Deno.writeTextFile(
    join(instances, "demo~echo@1.json"),
    JSON.stringify({
      ref: "demo/echo@1",
      engine: "docker",
      container: { id: "1", name: "n", image: "i", imageId: "sha256:1" },
      port: 1,
      url: "http://127.0.0.1:1",
      token: "",
      startedAt: "2026-01-01T00:00:00Z",
      digest: "sha256:test",
      secrets: [],
      runsDir,
      layout: "shared",
    }),
  );
}

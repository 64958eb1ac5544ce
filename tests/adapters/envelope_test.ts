import assert from "node:assert/strict";
import type {
  AttachedInputs,
  Invocation,
  RunFacts,
} from "../../adapters/mod.ts";
import { errorEnvelope, successEnvelope } from "../../adapters/mod.ts";
import type { Cid, Entry, Mode } from "../../schemas/mod.ts";
import { entryWith, prefix } from "./entry_fixture.ts";

const DIGEST = `sha256:${"a".repeat(64)}`;
const FACTS: RunFacts = {
  adapter: "local",
  durationMs: 1234,
  imageDigest: "b3:what-ran",
  presentEnvKeys: ["B_KEY", "A_KEY"],
};

Deno.test("successEnvelope() of a real run tells where and how it ran", () => {
  const envelope = successEnvelope(invocation("real"), [], FACTS);
  assert.deepEqual(envelope, {
    status: "success",
    execution_id: "E1",
    outputs: [],
    index_path: "/artifacts/execution/E1/outputs.json",
    meta: {
      env_fingerprint:
        "adapter=local,image_digest=b3:what-ran,cpu=1,memory_gb=2,timeout_s=30,snapshot=off,present_env_keys=[A_KEY,B_KEY]",
      processor_ref: "demo/echo@1",
      mode: "real",
      image_digest: "b3:what-ran",
      duration_ms: 1234,
    },
  });
});

for (const mode of ["mock", "smoke"] as const) {
  Deno.test(`successEnvelope() of a ${mode} run is the same wherever it ran`, () => {
    const { meta } = successEnvelope(invocation(mode), [], FACTS);
    assert.deepEqual(meta, {
      env_fingerprint:
        `image_digest=${DIGEST},cpu=1,memory_gb=2,timeout_s=600,snapshot=off,present_env_keys=[]`,
      processor_ref: "demo/echo@1",
      mode,
      image_digest: DIGEST,
      duration_ms: 0,
    });
    assert.deepEqual(
      meta,
      successEnvelope(invocation(mode), [], {
        adapter: "modal",
        durationMs: 9,
        imageDigest: "other",
        presentEnvKeys: [],
      }).meta,
    );
  });
}

Deno.test("successEnvelope() sorts outputs by code point", () => {
  const output = (path: string) => ({
    path,
    cid: `b3:${"0".repeat(64)}` as Cid,
    size_bytes: 0,
    mime: "a/b",
  });
  const outputs = ["/b", "/😀", "/\uffee", "/a"].map(output);
  assert.deepEqual(
    successEnvelope(invocation("mock"), outputs, FACTS).outputs.map((
      { path },
    ) => path),
    ["/a", "/b", "/\uffee", "/😀"],
  );
});

Deno.test("errorEnvelope() carries the error and the same meta", () => {
  const error = { code: "ERR_X", message: "Cannot go on", details: { a: 1 } };
  const call = invocation("real");
  assert.deepEqual(errorEnvelope(call, error, FACTS), {
    status: "error",
    execution_id: "E1",
    error,
    meta: successEnvelope(call, [], FACTS).meta,
  });
});

Deno.test("successEnvelope() refuses a ref that the snapshot does not hold", () => {
  for (const processorRef of ["no/such@1", "__proto__", "toString"]) {
    assert.throws(
      () => successEnvelope({ ...invocation("mock"), processorRef }, [], FACTS),
      { code: "ERR_REF_UNKNOWN" },
    );
  }
});

function invocation(mode: Mode): Invocation {
  const entry: Entry = {
    ...entryWith([]),
    image: { platforms: { amd64: `ghcr.io/demo/echo@${DIGEST}` } },
  };
  const inputs: unknown = { payload: {}, artifacts: [] };
  return {
    processorRef: "demo/echo@1",
    inputs: inputs as AttachedInputs,
    mode,
    writePrefix: prefix("/artifacts/outputs/x/"),
    executionId: "E1",
    registrySnapshot: {
      processors: { "demo/echo@1": { entry, dir: "/", shipped: false } },
    },
    adapterOpts: { timeoutS: 30 },
    secretsPresent: [],
  };
}

import assert from "node:assert/strict";
import type { ImageEngine } from "../../../adapters/images/image_engine.ts";
import { pull } from "../../../adapters/images/pull.ts";
import { pullFailure } from "../../../adapters/images/pull_failure.ts";
import type { PullProgress } from "../../../adapters/images/pull_progress.ts";
import { parseReference } from "../../../adapters/images/reference.ts";
import { Failure } from "../../../schemas/mod.ts";

const DATA = new URL("../testdata/images/", import.meta.url);
const NEVER = new AbortController().signal;

function read(name: string): string {
  return Deno.readTextFileSync(new URL(name, DATA));
}

Deno.test("pullFailure() says what engines mean, and what helps", () => {
  const said = read("pull_said.txt").split("\n").slice(0, -1);
  const found = said.map((text) => {
    const { code, message, hint = "no hint" } = pullFailure("demo", text);
    return `${text}\n  ${code} ${message}\n  ${hint}\n`;
  });
  assert.equal(found.join(""), read("pull_said.out"));
});

/** An engine that answers a pull with lines, cut into pieces where lines do not end. */
function engineThat(
  lines: readonly string[],
  asked: unknown[] = [],
): Pick<ImageEngine, "createImage"> {
  const bytes = new TextEncoder().encode(
    lines.map((line) => `${line}\n`).join(""),
  );
  return {
    createImage: (auth, { abortSignal: _, ...options }) => {
      asked.push(auth, options);
      return Promise.resolve({
        async *[Symbol.asyncIterator]() {
          for (let at = 0; at < bytes.length; at += 37) {
            yield await Promise.resolve(bytes.subarray(at, at + 37));
          }
        },
        destroy: () => {},
      });
    },
  };
}

/** Pulls `name`; answers how far it came, step by step. */
async function pulled(
  docker: Pick<ImageEngine, "createImage">,
  { name = "demo:1", signal = NEVER, stallMs = 60_000 } = {},
): Promise<readonly PullProgress[]> {
  const reference = parseReference(name);
  assert.ok(reference !== undefined);
  const steps: PullProgress[] = [];
  await pull(docker, reference, {
    platform: "amd64",
    signal,
    stallMs,
    onProgress: (progress) => steps.push(progress),
    auth: { username: "me", password: "x", serveraddress: "docker.io" },
  });
  return steps;
}

for (const engine of ["docker", "podman"]) {
  Deno.test(`pull() tells how far ${engine} is`, async () => {
    const lines = read(`pull_${engine}.ndjson`).split("\n");
    const steps = await pulled(engineThat(lines));
    const shown = steps.map(({ done, total }) => `${done} of ${total} bytes\n`);
    assert.equal(shown.join(""), read(`pull_${engine}.out`));
  });
}

Deno.test("pull() asks for names in full, by digest or tag, with the login aside", async () => {
  const digest = `sha256:${"1".repeat(64)}`;
  const asked: unknown[] = [];
  for (const name of ["alpine", "demo/a:2", `ghcr.io/a/b:3@${digest}`]) {
    await pulled(engineThat([], asked), { name });
  }
  const auth = { username: "me", password: "x", serveraddress: "docker.io" };
  const platform = "linux/amd64";
  assert.deepEqual(asked, [
    auth,
    { fromImage: "docker.io/library/alpine", tag: "latest", platform },
    auth,
    { fromImage: "docker.io/demo/a", tag: "2", platform },
    auth,
    { fromImage: "ghcr.io/a/b", tag: digest, platform },
  ]);
});

Deno.test("pull() ends with what the engine says in the middle of it", async () => {
  const lines = [
    '{"status":"Pulling from demo","id":"1"}',
    '{"errorDetail":{"message":"no space left on device"},"error":"no space left on device"}',
  ];
  await assert.rejects(pulled(engineThat(lines)), {
    code: "ERR_IMAGE_PULL",
    message:
      'Cannot pull "docker.io/library/demo:1": the disk of the engine is full',
  });
});

Deno.test("pull() does not tell a login that a registry tells", async () => {
  const password = "pw-marked-08d1";
  const header = btoa(`me:${password}`);
  const error = `odd request: Authorization: Basic ${header}, ${password}`;
  const reference = parseReference("demo:1");
  assert.ok(reference !== undefined);
  const auth = { username: "me", password, serveraddress: "docker.io" };
  const refusals: readonly Pick<ImageEngine, "createImage">[] = [
    engineThat([JSON.stringify({ error })]),
    {
      createImage: () =>
        Promise.reject(
          Object.assign(new Error(`(HTTP code 500) server error - ${error} `), {
            statusCode: 500,
          }),
        ),
    },
  ];
  for (const docker of refusals) {
    const options = { platform: "amd64", signal: NEVER, auth } as const;
    await assert.rejects(pull(docker, reference, options), (failure) => {
      assert.ok(failure instanceof Failure);
      const shown = Deno.inspect([failure.message, failure.details]);
      assert.match(shown, /odd request: Authorization: Basic/);
      assert.ok(!shown.includes(password), shown);
      assert.ok(!shown.includes(header), shown);
      return true;
    });
  }
});

Deno.test("pull() ends with what the engine answers in place of a pull", async () => {
  const error = Object.assign(
    new Error("(HTTP code 404) unexpected - manifest unknown "),
    { statusCode: 404 },
  );
  const docker = { createImage: () => Promise.reject(error) };
  await assert.rejects(pulled(docker), {
    code: "ERR_IMAGE_PULL",
    message:
      'Cannot pull "docker.io/library/demo:1": the registry does not have it',
  });
});

/** An engine that begins and says no more until it is told to stop. */
function silentEngine(): Pick<ImageEngine, "createImage"> & {
  readonly stopped: Promise<void>;
} {
  const stopped = Promise.withResolvers<void>();
  return {
    stopped: stopped.promise,
    createImage: () =>
      Promise.resolve({
        async *[Symbol.asyncIterator]() {
          yield new TextEncoder().encode('{"status":"Waiting"}\n');
          await stopped.promise;
        },
        destroy: () => stopped.resolve(),
      }),
  };
}

Deno.test("pull() gives up an engine that says no more, and tells it to stop", async () => {
  const docker = silentEngine();
  await assert.rejects(pulled(docker, { stallMs: 100 }), (error) => {
    assert.ok(error instanceof Failure);
    assert.equal(error.code, "ERR_PULL_TIMEOUT");
    assert.match(error.message, /: nothing moved for 0.1 s$/);
    return true;
  });
  await docker.stopped;
});

Deno.test("pull() ends when it is interrupted, and tells the engine to stop", async () => {
  const docker = silentEngine();
  const signal = AbortSignal.timeout(50);
  await assert.rejects(pulled(docker, { signal }), { code: "ERR_INTERRUPTED" });
  await docker.stopped;
});

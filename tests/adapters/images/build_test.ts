import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { build } from "../../../adapters/images/build.ts";
import type {
  BuildEngine,
  BuildQuery,
} from "../../../adapters/images/build_engine.ts";
import { Failure } from "../../../schemas/mod.ts";
import { temporary } from "../temporary.ts";

const DATA = new URL("../testdata/builds/", import.meta.url);

for (const { name } of Deno.readDirSync(DATA)) {
  if (!name.endsWith(".ndjson")) continue;
  Deno.test(`build() tells what an engine says: ${name}`, async () => {
    const bytes = await Deno.readFile(new URL(name, DATA));
    const { told } = await built({ bytes });
    const file = new URL(name.replace(".ndjson", ".out"), DATA);
    assert.equal(told, await Deno.readTextFile(file));
  });
}

Deno.test("build() asks Docker for BuildKit, and Podman for what it has", async () => {
  const old = await built({ version: { ApiVersion: "1.38" } });
  const docker = await built({ version: { ApiVersion: "1.39" } });
  const newer = await built({ version: { ApiVersion: "2.0" } });
  const Components = [{ Name: "Podman Engine" }];
  const podman = await built({ version: { ApiVersion: "1.41", Components } });
  assert.deepEqual(
    [old, docker, newer, podman].map(({ query }) => query?.version),
    [1, 2, 2, 1],
  );
  assert.equal(docker.query?.platform, "linux/arm64");
  assert.equal(docker.query?.dockerfile, "Dockerfile");
});

Deno.test("build() fails when the context goes away while it is sent", async () => {
  const { told } = await built({
    onSent: (folder) => Deno.removeSync(`${folder}/inner`, { recursive: true }),
  });
  assert.match(
    told,
    /^ERR_IMAGE_BUILD .*: its context could not be read: No such file/m,
  );
});

Deno.test("build() that is interrupted says so", async () => {
  const { told } = await built({ interrupted: true });
  assert.match(told, /^ERR_INTERRUPTED /m);
});

Deno.test("build() fails when the engine has nothing in the end", async () => {
  const { told } = await built({ lost: true });
  assert.match(told, /^ERR_IMAGE_BUILD .*does not have it$/m);
});

Deno.test("build() fails when the engine built it for another platform", async () => {
  const { told } = await built({ architecture: "amd64" });
  assert.match(told, /^ERR_IMAGE_BUILD .*for amd64, not for arm64$/m);
});

interface Given {
  /** Of what was built. */
  readonly architecture?: string;
  readonly bytes?: Uint8Array;
  readonly version?: Awaited<ReturnType<BuildEngine["version"]>>;
  readonly interrupted?: boolean;
  readonly lost?: boolean;
  /** Called before the context is read. */
  readonly onSent?: (folder: string) => void;
}

/** Builds with an engine that answers so; what is told, in lines, and what the engine was asked. */
async function built(given: Given) {
  await using place = await temporary();
  const { folder } = place;
  const inner = `${folder}/inner`;
  await Deno.mkdir(inner);
  await Deno.writeTextFile(`${inner}/Dockerfile`, "FROM scratch\n");
  const lines: string[] = [];
  let query: BuildQuery | undefined;
  const docker = engineThat(given, folder, (asked) => query = asked);
  const stop = new AbortController();
  if (given.interrupted) stop.abort();
  try {
    await build(docker, {
      ref: "demo/hello@1",
      context: { folder: inner, dockerfile: `${inner}/Dockerfile` },
      tag: "demo:1",
      platform: "arm64",
      labels: {},
      noCache: false,
      signal: stop.signal,
      onEvent: ({ kind, text }) =>
        lines.push(`${kind === "step" ? "step " : "  "}${text}`),
    });
  } catch (error) {
    if (error instanceof Failure) {
      const { code, message, hint = "no hint" } = error;
      lines.push(`${code} ${message}`, hint);
    } else lines.push(`${error}`);
  }
  return { told: lines.map((line) => `${line}\n`).join(""), query };
}

/** An engine that takes a whole context and answers bytes, cut into pieces where lines do not end. */
function engineThat(
  {
    bytes = new Uint8Array(),
    version = { ApiVersion: "1.41" },
    architecture: Architecture = "arm64",
    lost,
    onSent,
  }: Given,
  folder: string,
  onAsked: (query: BuildQuery) => void,
): BuildEngine {
  const absent = Object.assign(new Error("no such image"), { statusCode: 404 });
  return {
    version: () => Promise.resolve(version),
    async buildImage(context: Readable, query: BuildQuery) {
      onAsked(query);
      onSent?.(folder);
      query.abortSignal.throwIfAborted();
      for await (const _ of context);
      return Readable.from(pieces(bytes));
    },
    getImage: () => ({
      inspect: () =>
        lost
          ? Promise.reject(absent)
          : Promise.resolve({ Id: "sha256:1", Architecture }),
    }),
  } as unknown as BuildEngine;
}

function* pieces(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 97) {
    yield bytes.subarray(at, at + 97);
  }
}

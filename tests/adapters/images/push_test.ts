import assert from "node:assert/strict";
import { Readable } from "node:stream";
import type { BuildEngine } from "../../../adapters/images/build_engine.ts";
import { push, type PushProgress } from "../../../adapters/images/push.ts";
import { Failure } from "../../../schemas/mod.ts";

const DIGEST = `sha256:${"5".repeat(64)}`;
const NAME = "registry.example.com:5000/team/hello";
const TARGET = `${NAME}:1`;

Deno.test("push() names the image, shows the login and answers Docker's digest", async () => {
  const { asked, digest, progress } = await pushed({
    lines: [
      { status: "The push refers to repository [registry.example.com/hello]" },
      { id: "a", status: "Preparing", progressDetail: {} },
      { id: "a", status: "Pushing", progressDetail: { current: 1, total: 4 } },
      { id: "b", status: "Pushing", progressDetail: { current: 2, total: 6 } },
      { id: "a", status: "Pushing", progressDetail: { current: 9 } },
      { status: `1: digest: ${DIGEST} size: 1` },
      { progressDetail: {}, aux: { Tag: "1", Digest: DIGEST, Size: 1 } },
    ],
  });
  assert.equal(digest, DIGEST);
  assert.deepEqual(progress, [
    { done: 1, total: 4 },
    { done: 3, total: 10 },
    { done: 11, total: 15 },
  ]);
  assert.deepEqual(asked, [
    ["demo:1", { repo: "registry.example.com:5000/team/hello", tag: "1" }],
    ["registry.example.com:5000/team/hello", "1", "login"],
  ]);
});

Deno.test("push() looks for a digest that the engine does not tell", async () => {
  const known = [`elsewhere/hello@sha256:${"4".repeat(64)}`];
  const own = `registry.example.com:5000/team/hello@${DIGEST}`;
  const lines = [{ status: "Writing manifest" }];
  const { digest } = await pushed({ lines, known: [...known, own] });
  assert.equal(digest, DIGEST);
  const { said } = await pushed({ lines, known });
  assert.match(`${said}`, /tells no digest$/);
});

Deno.test("push() that fails takes the name away again, if the image has another one", async () => {
  const lines = [{ error: "connection refused" }];
  const named = ["demo:1", { repo: NAME, tag: "1" }];
  const tried = [NAME, "1", "login"];
  const tags = ["demo:1", TARGET];
  const { asked } = await pushed({ lines, before: undefined, tags });
  assert.deepEqual(asked, [named, tried, ["remove", TARGET]]);
  const alone = await pushed({ lines, before: undefined, tags: [TARGET] });
  assert.deepEqual(alone.asked, [named, tried]);
});

Deno.test("push() that fails gives the name back to the image that had it", async () => {
  const { asked } = await pushed({ lines: [{ error: "denied" }] });
  assert.deepEqual(asked.slice(2), [["sha256:1", { repo: NAME, tag: "1" }]]);
});

Deno.test("push() that fails says why, whatever becomes of the name", async () => {
  const gone = Object.assign(new Error("denied"), { statusCode: 500 });
  const { said } = await pushed({ error: gone, lines: [] });
  assert.match(`${said}`, /does not let you push there$/);
});

Deno.test("push() that is interrupted ends even if the engine does not give the name back", async () => {
  const abort = new AbortController();
  const { said } = await pushed({
    lines: [{ error: "denied" }],
    signal: abort.signal,
    onGiveBack: () => {
      abort.abort();
      return new Promise(() => {});
    },
  });
  assert.equal(said, `ERR_INTERRUPTED Cannot push "${TARGET}": interrupted`);
});

Deno.test("push() names the image that the engine does not have", async () => {
  const { asked, said } = await pushed({ missing: "demo:1" });
  const found =
    'ERR_IMAGE_PUSH Cannot push "demo:1": the engine does not have it';
  assert.deepEqual([asked, said], [[], found]);
});

const SAID: readonly (readonly [string, RegExp])[] = [
  ["unauthorized: authentication required", /the registry asks for a login$/],
  [
    "denied: requested access to the resource is denied",
    /the registry does not let you push there$/,
  ],
  ["dial tcp 127.0.0.1:9: connect: connection refused", /nothing listens/],
  ["Something new.\nand odd.", /Something new\. and odd$/],
];

for (const [message, expected] of SAID) {
  Deno.test(`push() says what an engine means by: ${message.split(":")[0]}`, async () => {
    const { said } = await pushed({ lines: [{ errorDetail: { message } }] });
    assert.match(`${said}`, /^ERR_IMAGE_PUSH Cannot push "/);
    assert.match(`${said}`, expected);
    const error = Object.assign(new Error(message), { statusCode: 500 });
    assert.match(`${(await pushed({ error })).said}`, expected);
  });
}

interface Given {
  readonly lines?: readonly unknown[];
  /** What tagging it ends with. */
  readonly error?: Error;
  readonly known?: readonly string[];
  /** The image that had the name before, if there was one. */
  readonly before?: string | undefined;
  /** The name of an image that is not there. */
  readonly missing?: string;
  /** The names of the image that is pushed. */
  readonly tags?: readonly string[];
  readonly signal?: AbortSignal;
  /** What the engine does before it answers to a name that is to be given back. */
  readonly onGiveBack?: () => Promise<void>;
}

async function pushed(given: Given) {
  const { lines = [], error, known = [], tags = [], missing } = given;
  const { signal = new AbortController().signal } = given;
  const { onGiveBack = () => Promise.resolve() } = given;
  let id = "before" in given ? given.before : "sha256:1";
  const asked: unknown[] = [];
  const progress: PushProgress[] = [];
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
  const docker = {
    getImage: (name: string) => ({
      inspect: () =>
        id === undefined && name === TARGET || name === missing
          ? Promise.reject(
            Object.assign(new Error("no such image"), { statusCode: 404 }),
          )
          : Promise.resolve({
            Id: `${id}`,
            RepoDigests: known,
            RepoTags: tags,
          }),
      remove: () => Promise.resolve(asked.push(["remove", name])),
      tag: (named: unknown) => {
        asked.push([name, named]);
        id ??= "sha256:2";
        if (error !== undefined) return Promise.reject(error);
        return name === "sha256:1" ? onGiveBack() : Promise.resolve();
      },
      push: (
        { tag, authconfig }: {
          readonly tag: string;
          readonly authconfig?: { readonly username?: string };
        },
      ) => {
        asked.push([name, tag, authconfig?.username]);
        return Promise.resolve(Readable.from([new TextEncoder().encode(text)]));
      },
    }),
  } as unknown as Pick<BuildEngine, "getImage">;
  try {
    const digest = await push(docker, {
      source: "demo:1",
      target: TARGET,
      auth: { username: "login", password: "p", serveraddress: "s" },
      signal,
      onProgress: (now) => progress.push(now),
    });
    return { asked, progress, digest };
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown;
    return { asked, progress, said: `${thrown.code} ${thrown.message}` };
  }
}

import assert from "node:assert/strict";
import type { EnsureOptions } from "../../../adapters/images/ensure_image.ts";
import { ensureImage } from "../../../adapters/images/ensure_image.ts";
import { findPin } from "../../../adapters/images/find_pin.ts";
import { type FakeEngine, fakeEngine } from "./fake_engine.ts";

const DIGEST = `sha256:${"1".repeat(64)}`;
const ID = `sha256:${"2".repeat(64)}`;
const OPTIONS: EnsureOptions = {
  platform: "amd64",
  signal: new AbortController().signal,
};

const BUILT = { Id: ID, Architecture: "amd64" };
const KNOWN = { ...BUILT, RepoDigests: [`ghcr.io/a/b@${DIGEST}`] };
const ARM = { ...KNOWN, Architecture: "arm64" };
const SAID = {
  Descriptor: { digest: DIGEST },
  Platforms: [{ architecture: "amd64", os: "linux" }],
};

async function pinOf(engine: FakeEngine, name: string, options = OPTIONS) {
  return (await findPin(fakeEngine(engine), name, options)).reference;
}

Deno.test("findPin() takes the id of a local build", async () => {
  const name = "docker.io/theory-local/demo-echo-1:build-1";
  const found = await pinOf({ images: { [name]: BUILT } }, name);
  assert.equal(found, `theory-local/demo-echo-1@${ID}`);
});

Deno.test("findPin() takes the id of a local build to which Podman gave a digest", async () => {
  const name = "localhost/mine:1";
  const RepoDigests = [`localhost/mine@${DIGEST}`];
  const images = { [name]: { ...BUILT, RepoDigests } };
  assert.equal(await pinOf({ images }, name), `localhost/mine@${ID}`);
});

Deno.test("findPin() takes the id of an image that no registry knows by its name", async () => {
  const images = { "docker.io/library/mine:1": KNOWN };
  assert.equal(await pinOf({ images }, "mine:1"), `mine@${ID}`);
});

Deno.test("findPin() asks the registry where a tag may have moved", async () => {
  const asked: unknown[] = [];
  const other = `sha256:${"9".repeat(64)}`;
  const engine = {
    images: { "ghcr.io/a/b:1": KNOWN },
    registries: {
      "ghcr.io/a/b:1": { ...SAID, Descriptor: { digest: other } },
    },
    asked: asked as string[],
  };
  const auth = { username: "me", password: "x", serveraddress: "ghcr.io" };
  const found = await pinOf(engine, "ghcr.io/a/b:1", {
    ...OPTIONS,
    credentials: () => Promise.resolve(auth),
  });
  assert.equal(found, `ghcr.io/a/b@${other}`);
  assert.deepEqual(asked, ["distribution ghcr.io/a/b:1", auth]);
});

Deno.test("findPin() asks the registry for an image that the engine has under its name alone", async () => {
  const images = { "ghcr.io/a/b:1": BUILT };
  await assert.rejects(pinOf({ images, registries: {} }, "ghcr.io/a/b:1"), {
    code: "ERR_IMAGE_PULL",
    message: 'Cannot pull "ghcr.io/a/b:1": the registry does not have it',
  });
});

Deno.test("findPin() keeps a digest that the engine has", async () => {
  const images = { [`ghcr.io/a/b@${DIGEST}`]: KNOWN };
  const found = await pinOf({ images }, `ghcr.io/a/b:1@${DIGEST}`);
  assert.equal(found, `ghcr.io/a/b@${DIGEST}`);
});

Deno.test("findPin() asks the registry for a digest of which the engine has another platform", async () => {
  const name = `ghcr.io/a/b@${DIGEST}`;
  const engine = { images: { [name]: ARM }, registries: { [name]: SAID } };
  assert.equal(await pinOf(engine, name), name);
});

Deno.test("findPin() takes what the registry has for several platforms", async () => {
  const Platforms = [
    { architecture: "arm64", os: "linux" },
    { architecture: "amd64", os: "linux" },
  ];
  const registries = { "ghcr.io/a/b:1": { ...SAID, Platforms } };
  const engine = { images: {}, registries };
  assert.equal(await pinOf(engine, "ghcr.io/a/b:1"), `ghcr.io/a/b@${DIGEST}`);
});

Deno.test("findPin() pulls where the engine cannot ask a registry", async () => {
  const asked: unknown[] = [];
  const engine = {
    images: {},
    pulled: { "ghcr.io/a/b:1": KNOWN },
    asked: asked as string[],
  };
  assert.equal(await pinOf(engine, "ghcr.io/a/b:1"), `ghcr.io/a/b@${DIGEST}`);
  assert.deepEqual(asked, [
    "pull ghcr.io/a/b 1 linux/amd64",
    undefined,
    `pull ghcr.io/a/b ${DIGEST} linux/amd64`,
    undefined,
  ]);
});

Deno.test("findPin() leaves out digests that the engine made up", async () => {
  const own = `sha256:${"7".repeat(64)}`;
  const RepoDigests = [`ghcr.io/a/b@${own}`, ...KNOWN.RepoDigests];
  const pulled = { "ghcr.io/a/b:1": { ...BUILT, RepoDigests } };
  const engine = { images: {}, pulled, missing: [own] };
  assert.equal(await pinOf(engine, "ghcr.io/a/b:1"), `ghcr.io/a/b@${DIGEST}`);
});

const REFUSED: readonly (readonly [string, FakeEngine, string, string])[] = [
  [
    "what is no name",
    { images: {} },
    "Demo",
    'Cannot pin "Demo": it is not a name of an image',
  ],
  [
    "a local build that is gone",
    { images: {} },
    "theory-local/x:1",
    'Cannot find image "docker.io/theory-local/x:1": it was built locally, and this engine does not have it',
  ],
  [
    "a local build for another platform",
    { images: { "localhost/x:1": { ...BUILT, Architecture: "arm64" } } },
    "localhost/x:1",
    'Cannot use image "localhost/x:1": it is made for arm64, not for amd64',
  ],
  [
    "what the registry does not have",
    { images: {}, registries: {} },
    "ghcr.io/a/b:1",
    'Cannot pull "ghcr.io/a/b:1": the registry does not have it',
  ],
  [
    "what the registry has for other platforms",
    {
      images: {},
      registries: {
        "ghcr.io/a/b:1": {
          ...SAID,
          Platforms: [{ architecture: "arm64", os: "linux" }],
        },
      },
    },
    "ghcr.io/a/b:1",
    'Cannot use image "ghcr.io/a/b:1": it is made for arm64, not for amd64',
  ],
  [
    "what was pulled for another platform",
    { images: {}, pulled: { "ghcr.io/a/b:1": ARM } },
    "ghcr.io/a/b:1",
    'Cannot use image "ghcr.io/a/b:1": it is made for arm64, not for amd64',
  ],
];

for (const [what, engine, name, message] of REFUSED) {
  Deno.test(`findPin() refuses ${what}`, async () => {
    await assert.rejects(pinOf(engine, name), { message });
  });
}

const PINNED = { reference: `ghcr.io/a/b@${DIGEST}`, digest: DIGEST };

Deno.test("ensureImage() pulls nothing that is there", async () => {
  const asked: string[] = [];
  const images = { [PINNED.reference]: KNOWN };
  const docker = fakeEngine({ images, asked });
  assert.deepEqual(await ensureImage(docker, PINNED, OPTIONS), {
    id: ID,
    repoDigests: KNOWN.RepoDigests,
    labels: {},
    architecture: "amd64",
  });
  assert.deepEqual(asked, []);
});

Deno.test("ensureImage() finds a local build by its id", async () => {
  const pinned = { reference: `theory-local/x@${ID}`, digest: ID };
  const docker = fakeEngine({ images: { [ID]: BUILT } });
  assert.equal((await ensureImage(docker, pinned, OPTIONS)).id, ID);
});

Deno.test("ensureImage() pulls for the platform what is there for another one", async () => {
  const asked: string[] = [];
  const docker = fakeEngine({
    images: { [PINNED.reference]: ARM },
    pulled: { [PINNED.reference]: KNOWN },
    asked,
  });
  const { architecture } = await ensureImage(docker, PINNED, OPTIONS);
  assert.equal(architecture, "amd64");
  assert.equal(asked[0], `pull ghcr.io/a/b ${DIGEST} linux/amd64`);
});

Deno.test("ensureImage() refuses an image that is for another platform after all", async () => {
  const docker = fakeEngine({ images: { [PINNED.reference]: ARM } });
  await assert.rejects(ensureImage(docker, PINNED, OPTIONS), {
    code: "ERR_IMAGE_PULL",
    message:
      `Cannot use image "${PINNED.reference}": it is made for arm64, not for amd64`,
  });
});

Deno.test("ensureImage() refuses an image that lacks the digest after all", async () => {
  const images = { [PINNED.reference]: { ...BUILT, RepoDigests: [] } };
  const docker = fakeEngine({ images });
  await assert.rejects(ensureImage(docker, PINNED, OPTIONS), {
    message: /does not have it under its digest$/,
  });
});

Deno.test("ensureImage() refuses a local build that is gone", async () => {
  const pinned = { reference: `theory-local/x@${ID}`, digest: ID };
  const docker = fakeEngine({ images: {} });
  await assert.rejects(ensureImage(docker, pinned, OPTIONS), {
    code: "ERR_IMAGE_PULL",
    message: /it was built locally, and this engine does not have it$/,
  });
});

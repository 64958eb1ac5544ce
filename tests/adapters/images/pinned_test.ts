import assert from "node:assert/strict";
import { meetsPin } from "../../../adapters/images/meets_pin.ts";
import { requirePinned } from "../../../adapters/images/pinned.ts";
import { type EntryImage, Failure } from "../../../schemas/mod.ts";

const DIGEST = `sha256:${"1".repeat(64)}`;
const OTHER = `sha256:${"2".repeat(64)}`;
const BUILD = { context: ".", dockerfile: "Dockerfile", port: 8000 };

function entryWith(image: EntryImage) {
  return { ref: "demo/echo@1", image };
}

Deno.test("requirePinned() takes the image of the platform", () => {
  const platforms = { amd64: `demo@${DIGEST}`, arm64: `demo@${OTHER}` };
  assert.deepEqual(requirePinned(entryWith({ platforms }), "arm64"), {
    reference: `demo@${OTHER}`,
    digest: OTHER,
  });
});

Deno.test("requirePinned() takes the older single image for every platform", () => {
  const entry = entryWith({ platforms: {}, oci: `demo@${DIGEST}` });
  assert.equal(requirePinned(entry, "arm64").digest, DIGEST);
});

const REFUSED: readonly (readonly [EntryImage, string, string])[] = [
  [
    { platforms: {} },
    'Cannot use an image of "demo/echo@1": its entry names none',
    "Pin it: registry pin --ref demo/echo@1 --platform amd64 --oci REPOSITORY:TAG",
  ],
  [
    { platforms: {}, build: BUILD },
    'Cannot use an image of "demo/echo@1": its entry names none',
    "Build one and pin it: imagectl build --ref demo/echo@1 --platform amd64 && registry pin --ref demo/echo@1 --platform amd64",
  ],
  [
    { platforms: { arm64: `demo@${DIGEST}` } },
    'Cannot use an image of "demo/echo@1" for amd64: its entry pins arm64',
    "Pin it: registry pin --ref demo/echo@1 --platform amd64 --oci REPOSITORY:TAG",
  ],
  [
    { platforms: { amd64: "demo:1" } },
    'Cannot use image "demo:1" of "demo/echo@1": it is not pinned by digest',
    "Pin it: registry pin --ref demo/echo@1 --platform amd64 --oci REPOSITORY:TAG",
  ],
  [
    { platforms: { amd64: "demo@sha256:REPLACE_AMD64" } },
    'Cannot use image "demo@sha256:REPLACE_AMD64" of "demo/echo@1": it is not pinned by digest',
    "Pin it: registry pin --ref demo/echo@1 --platform amd64 --oci REPOSITORY:TAG",
  ],
  [
    { platforms: { amd64: `Demo@${DIGEST}` } },
    `Cannot use image "Demo@${DIGEST}": it is not a name of an image`,
    "Pin it: registry pin --ref demo/echo@1 --platform amd64 --oci REPOSITORY:TAG",
  ],
];

for (const [image, message, hint] of REFUSED) {
  Deno.test(`requirePinned() refuses: ${message}`, () => {
    assert.throws(
      () => requirePinned(entryWith(image), "amd64"),
      (error) => {
        assert.ok(error instanceof Failure);
        assert.equal(error.code, "ERR_IMAGE_UNPINNED");
        assert.deepEqual([error.message, error.hint], [message, hint]);
        return true;
      },
    );
  });
}

Deno.test("meetsPin() takes a registry's digest and the id of a local build", () => {
  const facts = { id: OTHER, repoDigests: [`demo@${DIGEST}`] };
  assert.ok(meetsPin(facts, DIGEST));
  assert.ok(meetsPin(facts, OTHER));
  assert.ok(!meetsPin(facts, `sha256:${"3".repeat(64)}`));
  assert.ok(!meetsPin({ id: OTHER, repoDigests: [] }, DIGEST));
});

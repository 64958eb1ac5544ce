import assert from "node:assert/strict";
import type { Docker } from "../../../adapters/images/mod.ts";
import { imageToPin } from "../../../cli/pin/image_to_pin.ts";

const ID = `sha256:${"2".repeat(64)}`;
const DIGEST = `sha256:${"1".repeat(64)}`;
const BUILT = "theory-local/demo-a-1:build-20260101000000";
const TAG = "registry.example.com/team/a:1";

/** What is pinned of the newest image, by its names. */
function newest(RepoTags: readonly string[], RepoDigests: readonly string[]) {
  const image = { Id: ID, RepoTags, RepoDigests };
  const Labels = { "theory.ref": "demo/a@1" };
  const docker = {
    listImages: () => Promise.resolve([{ ...image, Labels, Created: 1 }]),
    getImage: () => ({ inspect: () => Promise.resolve(image) }),
  } as unknown as Docker;
  const asked = { ref: "demo/a@1", tag: undefined, oci: undefined };
  return imageToPin(docker, asked, "amd64");
}

Deno.test("imageToPin() takes the name of an image at the registry that has it", async () => {
  const pushed = [`registry.example.com/team/a@${DIGEST}`];
  assert.equal(await newest([BUILT, TAG], pushed), TAG);
});

Deno.test("imageToPin() takes an image as a build where no registry is known to have it", async () => {
  const elsewhere = [`registry.example.com/other/a@${DIGEST}`];
  const built = `theory-local/demo-a-1@${ID}`;
  assert.equal(await newest([BUILT, TAG], []), built);
  assert.equal(await newest([TAG, BUILT], elsewhere), built);
  assert.equal(await newest([TAG], []), built);
});

Deno.test("imageToPin() takes an image that was pulled by digest by that", async () => {
  const pulled = `registry.example.com/team/a@${DIGEST}`;
  assert.equal(await newest([], [pulled]), pulled);
});

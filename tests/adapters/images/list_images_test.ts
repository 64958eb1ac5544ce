import assert from "node:assert/strict";
import type { ListedImage } from "../../../adapters/images/build_engine.ts";
import { listImages } from "../../../adapters/images/list_images.ts";

const DIGEST = `ghcr.io/a/b@sha256:${"1".repeat(64)}`;

/** An image of a processor, as engines list it. */
function image(id: string, more: Partial<ListedImage>): ListedImage {
  const Labels = { "theory.ref": "demo/a@1" };
  return { Id: id, Labels, Created: 1_800_000_000, Size: 1, ...more };
}

/** The images that are told of, first to last. */
async function listed(...found: readonly ListedImage[]) {
  return await listImages({ listImages: () => Promise.resolve(found) });
}

Deno.test("listImages() tells of an image that was pulled by its digest", async () => {
  const [first, ...others] = await listed(
    image("pulled", { RepoTags: ["<none>:<none>"], RepoDigests: [DIGEST] }),
    image("a step", { RepoTags: null, RepoDigests: ["<none>@<none>"] }),
    image("another", { RepoTags: [] }),
  );
  assert.deepEqual([first?.tags, first?.digests], [[], [DIGEST]]);
  assert.deepEqual(others, []);
});

Deno.test("listImages() tells digests from tags, those of registries first", async () => {
  const own = `ghcr.io/a/b@sha256:${"2".repeat(64)}`;
  const RepoTags = [DIGEST, "ghcr.io/a/b:1"];
  const [found] = await listed(
    image("pushed", { RepoTags, RepoDigests: [own, DIGEST] }),
  );
  assert.deepEqual(found?.tags, ["ghcr.io/a/b:1"]);
  assert.deepEqual(found?.digests, [DIGEST, own]);
});

Deno.test("listImages() has the newest build first, by its time to the millisecond", async () => {
  const at = (created: string) => ({
    RepoTags: ["demo:1"],
    Labels: { "org.opencontainers.image.created": created },
  });
  const found = await listed(
    image("second", at("2027-01-15T08:00:00.301Z")),
    image("third", at("2027-01-15T08:00:00.302Z")),
    image("base of another time", at("2020-01-01T00:00:00.000Z")),
    image("no time", { RepoTags: ["demo:1"], Created: 1_700_000_000 }),
  );
  assert.deepEqual(found.map(({ id }) => id.slice("sha256:".length)), [
    ...["third", "second", "base of another time", "no time"],
  ]);
});

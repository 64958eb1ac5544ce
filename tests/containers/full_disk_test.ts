import assert from "node:assert/strict";
import { openDocker } from "../../adapters/containers/open_docker.ts";
import { ensureImage } from "../../adapters/images/ensure_image.ts";
import { Failure } from "../../schemas/mod.ts";
import { eachEngine } from "./each_engine.ts";
import { startDocker, startPodman } from "./engines.ts";
import { freeNumber } from "./house.ts";
import { programOutput } from "./program_output.ts";
import { putImage } from "./registry_images.ts";

const DISK = "48m";
const IMAGE = 80_000_000;

/** A file system of its own, with a short name. */
async function smallDisk() {
  const folder = await Deno.makeTempDir({ dir: "/tmp", prefix: "tf" });
  const mount = ["mount", "-t", "tmpfs", "-o", `size=${DISK}`];
  await programOutput([...mount, "tmpfs", folder]);
  return {
    folder,
    async [Symbol.asyncDispose]() {
      // What the engine mounts below goes with it.
      await programOutput(["umount", "--recursive", "--lazy", folder]);
      await Deno.remove(folder);
    },
  };
}

eachEngine(
  "ensureImage() says that the disk of the engine is full",
  async ({ name, registry }) => {
    const image = await putImage({ host: registry }, "full/disk:1", {
      bytes: IMAGE,
    });
    await using disk = await smallDisk();
    const start = name === "docker" ? startDocker : startPodman;
    await using engine = await start({
      folder: disk.folder,
      number: await freeNumber(),
      registries: [registry],
    });
    const path = engine.address.slice("unix://".length);
    const pulling = ensureImage(await openDocker({ path }), image, {
      platform: "amd64",
      signal: new AbortController().signal,
    });
    await assert.rejects(pulling, (error) => {
      assert.ok(error instanceof Failure, Deno.inspect(error));
      assert.equal(error.code, "ERR_IMAGE_PULL");
      assert.match(error.message, /: the disk of the engine is full$/);
      assert.match(error.hint ?? "", /prune/);
      return true;
    });
  },
);

import assert from "node:assert/strict";
import { temporary } from "../adapters/temporary.ts";
import { eachEngine } from "./each_engine.ts";
import { GOOD, imageGround, REF, removeImages } from "./image_ground.ts";
import { requireCode } from "./probe_ground.ts";
import { programOutput } from "./program_output.ts";
import { startRegistry } from "./registries.ts";

eachEngine(
  "imagectl build prints the line that pins what was built",
  async (engine) => {
    await using ground = await imageGround(engine, { Dockerfile: GOOD });
    const names = [[], ["--tag", "mine"], ["--tag", "demo:1"], [
      ...["--tag", `${engine.registry}/${engine.name}/unpushed:1`],
    ]];
    for (const tag of names) {
      const { stdout, stderr } = requireCode(
        await ground.image("build", tag),
        0,
      );
      const line = /^Pin it: deno run \S*\/main\.ts (registry pin .*)$/m.exec(
        stderr,
      )?.[1];
      assert.ok(line !== undefined, stderr);
      const pinned = requireCode(await ground.command(line.split(" ")), 0);
      const id = stdout.trim().split("\n").at(-1);
      assert.ok(pinned.stdout.endsWith(`\ntheory-local/demo-image-1@${id}\n`));
    }
  },
);

eachEngine(
  "imagectl push that fails leaves the build to be pinned",
  async (engine) => {
    await using ground = await imageGround(engine, { Dockerfile: GOOD });
    await using temp = await temporary();
    const { host } = await stoppedRegistry(temp.folder);
    const built = requireCode(await ground.image("build", ["--json"]), 0);
    const { image_id, image_tag } = JSON.parse(built.stdout);
    const to = ["--to", `${host}/${engine.name}/image:1`];
    const { stderr } = requireCode(await ground.image("push", to), 5);
    assert.match(stderr, /^error ERR_IMAGE_PUSH .*: nothing listens where/m);
    const listed = await ground.command([
      "imagectl",
      "list",
      ...REF.slice(0, 2),
    ]);
    assert.ok(listed.stdout.includes(image_tag), listed.stderr);
    assert.ok(!listed.stdout.includes(host), listed.stdout);
    const pin = ["registry", "pin", ...REF, "--json"];
    const pinned = requireCode(await ground.command(pin), 0);
    const local = `theory-local/demo-image-1@${image_id}`;
    assert.equal(JSON.parse(pinned.stdout).pinned_oci, local);
  },
);

/** Where a registry was. */
async function stoppedRegistry(folder: string): Promise<{ host: string }> {
  await using registry = await startRegistry(folder, "open");
  return { host: registry.host };
}

eachEngine(
  "imagectl list has what was pulled by its digest, and registry pin takes it",
  async (engine) => {
    await using ground = await imageGround(engine, { Dockerfile: GOOD });
    requireCode(await ground.image("build", ["--quiet"]), 0);
    const to = ["--to", `${engine.registry}/${engine.name}/pulled`];
    const pushed = requireCode(
      await ground.image("push", [...to, "--json"]),
      0,
    );
    const { digest_ref } = JSON.parse(pushed.stdout);
    await removeImages(engine.client);
    await programOutput([...engine.client, "pull", digest_ref]);
    const list = ["imagectl", "list", ...REF.slice(0, 2)];
    const { stdout } = requireCode(await ground.command(list), 0);
    assert.ok(stdout.startsWith(`${digest_ref}  demo/image@1  `), stdout);
    const pin = ["registry", "pin", ...REF, "--json"];
    const pinned = requireCode(await ground.command(pin), 0);
    assert.equal(JSON.parse(pinned.stdout).pinned_oci, digest_ref);
  },
);

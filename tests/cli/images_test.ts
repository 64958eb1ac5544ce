import assert from "node:assert/strict";
import { join } from "node:path";
import { buildPermissions } from "../../cli/build_place.ts";
import { brokenEngine } from "../adapters/images/broken_engine.ts";
import { temporary } from "../adapters/temporary.ts";
import { plainWorld } from "./plain_world.ts";
import { NO_LOGINS, theory } from "./theory.ts";

const REF = "demo/image@1";
const LOCAL = `localhost/mine@sha256:${"1".repeat(64)}`;

/** A registry with an entry that has an image; the folder that it is in. */
async function entryGround(build = "{ context: . }") {
  const temp = await temporary();
  const place = join(temp.folder, "processors/demo/image/1");
  await Deno.mkdir(place, { recursive: true });
  const lines = [
    `ref: ${REF}`,
    `build: ${build}`,
    `image: { platforms: { amd64: "${LOCAL}", arm64: "${LOCAL}" } }`,
    "inputs: { type: object }",
    "",
  ];
  await Deno.writeTextFile(join(place, "registry.yaml"), lines.join("\n"));
  await Deno.writeTextFile(join(place, "Dockerfile"), "FROM scratch\n");
  return { ...temp, place };
}

const OF_ENTRY = ["--ref", REF, "--registry", "processors"];
const ON_ENGINE: readonly (readonly string[])[] = [
  ["imagectl", "list"],
  ["imagectl", "build", ...OF_ENTRY],
  ["imagectl", "push", ...OF_ENTRY, "--tag", "mine", "--to", "127.0.0.1:1/a"],
  ["registry", "pin", ...OF_ENTRY],
  ["registry", "pin", ...OF_ENTRY, "--oci", "127.0.0.1:1/a:1"],
];

for (const args of ON_ENGINE) {
  Deno.test(`${args.join(" ")} says that the engine broke off`, async () => {
    await using ground = await entryGround();
    await using engine = await brokenEngine();
    const env = { ...NO_LOGINS, DOCKER_HOST: `unix://${engine.path}` };
    const { code, stdout, stderr } = await theory(args, {
      cwd: ground.folder,
      env,
    });
    assert.equal(code, 9, stderr);
    assert.match(
      stderr,
      /^error ERR_ENGINE_UNAVAILABLE .*(?:engine does not answer any more|broke off).*\nLook whether /m,
    );
    assert.equal(stdout, "");
  });
}

Deno.test("imagectl push takes no pin of a build of this machine for a repository", async () => {
  await using ground = await entryGround();
  const { code, stderr } = await theory(["imagectl", "push", ...OF_ENTRY], {
    cwd: ground.folder,
  });
  assert.equal(code, 2, stderr);
  assert.match(stderr, /: nothing says where to\nName a repository: --to /);
});

Deno.test("buildPermissions() has a Dockerfile of a folder that begins alike", async () => {
  await using ground = await entryGround(
    "{ context: ., dockerfile: ../1b/Dockerfile }",
  );
  const { folder: cwd, place } = ground;
  const { world } = plainWorld([], { cwd });
  const flags = { ref: REF, registry: ["processors"] };
  const dockerfile = join(place, "../1b/Dockerfile");
  assert.deepEqual(buildPermissions(flags, world), {
    read: [place, dockerfile, `${dockerfile}.dockerignore`],
  });
});

Deno.test("imagectl list tells that there are no images, and refuses what is no ref", async () => {
  await using temp = await temporary();
  const path = join(temp.folder, "engine.sock");
  await using _server = Deno.serve(
    { path, onListen: () => {} },
    ({ url }) =>
      new URL(url).pathname === "/_ping"
        ? new Response("OK")
        : Response.json([]),
  );
  const env = { ...NO_LOGINS, DOCKER_HOST: `unix://${path}` };
  const list = ["imagectl", "list"];
  const none = await theory(list, { cwd: temp.folder, env });
  assert.deepEqual(none, {
    code: 0,
    stdout: "",
    stderr: "No images of processors\n",
  });
  const wrong = await theory([...list, "--ref", "image"], { env });
  assert.equal(wrong.code, 2, wrong.stderr);
  assert.match(wrong.stderr, /^error ERR_REF_INVALID /);
});

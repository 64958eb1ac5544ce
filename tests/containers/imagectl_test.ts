import assert from "node:assert/strict";
import { join } from "node:path";
import { declaredBy, optionalFor } from "../../cli/permissions.ts";
import { permissionFlags, union } from "../../cli/permission_sets.ts";
import { excessOf, readAudit } from "../cli/audit.ts";
import { requestOf } from "../cli/request_of.ts";
import { spawn, theory } from "../cli/theory.ts";
import { eachEngine, type TestEngine } from "./each_engine.ts";
import { GOOD, imageGround, REF } from "./image_ground.ts";
import { requireCode } from "./probe_ground.ts";
import { programOutput } from "./program_output.ts";
import { ACCOUNT } from "./registries.ts";

eachEngine(
  "imagectl build, list and push tell of one image",
  async (engine) => {
    await using ground = await imageGround(engine, { Dockerfile: GOOD });
    const built = requireCode(
      await ground.image("build", ["--no-cache", "--json"]),
      0,
    );
    assert.match(built.stderr, /^Step .*COPY \. \/context/m);
    assert.match(built.stderr, /^ {2}said by a step$/m);
    const { image_id, image_tag, ...told } = JSON.parse(built.stdout);
    assert.match(image_tag, /^theory-local\/demo-image-1:build-\d{17}$/);
    assert.deepEqual(told, {
      status: "success",
      ref: "demo/image@1",
      platform: told.platform,
    });
    const labels = await labelsOf(engine, image_id);
    assert.equal(labels["theory.ref"], "demo/image@1");
    assert.equal(labels["org.opencontainers.image.version"], "1");

    const listed = requireCode(
      await ground.command([
        "imagectl",
        "list",
        "--ref",
        "demo/image@1",
        "--json",
      ]),
      0,
    );
    const [newest] = JSON.parse(listed.stdout);
    assert.equal(newest.image_id, image_id);
    assert.match(newest.image_tags.join(), new RegExp(`${image_tag}$`));

    const to = `${engine.registry}/${engine.name}/image:pushed`;
    const pushed = requireCode(
      await ground.image("push", ["--to", to, "--json"]),
      0,
    );
    const { pushed_digest, digest_ref, target } = JSON.parse(pushed.stdout);
    assert.equal(target, to);
    assert.equal(digest_ref, `${to.replace(/:pushed$/, "")}@${pushed_digest}`);
    const manifest = await fetch(
      `http://${engine.registry}/v2/${engine.name}/image/manifests/${pushed_digest}`,
      { headers: { accept: MANIFEST } },
    );
    await manifest.body?.cancel();
    assert.equal(manifest.status, 200);
  },
);

const MANIFEST = [
  "application/vnd.docker.distribution.manifest.v2+json",
  "application/vnd.oci.image.manifest.v1+json",
].join();

eachEngine(
  "imagectl build sends what the engine's own client sends",
  async (engine) => {
    await using ground = await imageGround(engine, {
      Dockerfile: "FROM denoland/deno:2.9.6\nCOPY . /context\n",
      ".dockerignore": [
        "*.log",
        "!kept.log",
        "sub/*/deep",
        "**/node_modules",
        "ignored",
        "!ignored/again",
        "# comment",
        "",
      ].join("\n"),
      "a.log": "",
      "kept.log": "",
      "sub/one/deep/x": "",
      "sub/one/flat": "",
      "sub/node_modules/x": "",
      "node_modules/x": "",
      "ignored/away": "",
      "ignored/again/kept": "",
      [`${"long-name-".repeat(9)}/${"long-name-".repeat(9)}/größe`]: "text",
    });
    const { entry } = ground;
    await Deno.symlink("sub/one/flat", join(entry, "link"));
    await Deno.symlink("/nowhere", join(entry, "dangling"));
    await Deno.chmod(join(entry, "kept.log"), 0o755);
    const { stdout } = requireCode(await ground.image("build", ["--json"]), 0);
    const own = "theory-tests/context";
    await programOutput(
      [...engine.client, "build", "--no-cache", "--tag", own, entry],
      { env: { DOCKER_BUILDKIT: "0" } },
    );
    const seen = (image: string) =>
      programOutput([
        ...[...engine.client, "run", "--rm", "--entrypoint", "sh", image, "-c"],
        "cd /context && find . -printf '%P %M %U %l\\n' | sort",
      ]);
    const sent = await seen(JSON.parse(stdout).image_id);
    assert.match(sent, /^ignored\/again\/kept /m);
    assert.equal(sent, await seen(own));
  },
);

eachEngine("imagectl build names the step that failed", async (engine) => {
  const Dockerfile =
    "FROM denoland/deno:2.9.6\nRUN echo what is wrong; exit 3\n";
  await using ground = await imageGround(engine, { Dockerfile });
  const { stderr } = requireCode(await ground.image("build"), 5);
  assert.match(
    stderr,
    /^error ERR_IMAGE_BUILD .*step ".*RUN echo what is wrong; exit 3": it ended with 3$/m,
  );
  assert.match(stderr, /^what is wrong$/m);
  const quiet = requireCode(await ground.image("build", ["--quiet"]), 5);
  assert.doesNotMatch(quiet.stderr, /^Step /m);
});

eachEngine(
  "imagectl build says what is wrong with a Dockerfile",
  async (engine) => {
    await using ground = await imageGround(engine, {
      Dockerfile: "NONSENSE\n",
    });
    const { stderr } = requireCode(await ground.image("build"), 5);
    assert.match(stderr, /^error ERR_IMAGE_BUILD .*(?:nonsense|no FROM)/im);
    await Deno.remove(join(ground.entry, "Dockerfile"));
    const absent = requireCode(await ground.image("build"), 5);
    assert.match(absent.stderr, /Dockerfile".*: it is not there/);
  },
);

eachEngine(
  "imagectl build that is interrupted ends the step",
  async (engine) => {
    // Podman 4.3 goes on with a step that it has begun, whoever has gone.
    const mark = engine.name === "podman"
      ? "2.5"
      : `6${Math.floor(Math.random() * 1e6)}`;
    const Dockerfile =
      `FROM denoland/deno:2.9.6\nRUN echo begun; sleep ${mark}\n`;
    await using ground = await imageGround(engine, { Dockerfile });
    const child = spawn(["imagectl", "build", ...REF], ground.place);
    for await (
      const text of child.stderr.pipeThrough(new TextDecoderStream())
    ) {
      if (/^ {2}begun$/m.test(text)) break;
    }
    child.kill("SIGINT");
    assert.equal((await child.status).code, 130);
    await child.stdout.cancel();
    await child.stdin.close();
    await gone(`sleep ${mark}`);
  },
);

eachEngine(
  "imagectl push shows the user's login to a registry",
  async (engine) => {
    await using ground = await imageGround(engine, { Dockerfile: GOOD });
    requireCode(await ground.image("build", ["--quiet"]), 0);
    const push = ["--to", `${engine.privateRegistry}/${engine.name}/image`];
    const refused = requireCode(await ground.image("push", push), 5);
    assert.match(
      refused.stderr,
      /^error ERR_IMAGE_PUSH .*the registry asks for a login$/m,
    );
    const login = {
      REGISTRY_HOST: engine.privateRegistry,
      REGISTRY_USERNAME: ACCOUNT.username,
      REGISTRY_PASSWORD: ACCOUNT.password,
    };
    const { stdout } = requireCode(await ground.image("push", push, login), 0);
    assert.match(stdout, /@sha256:[0-9a-f]{64}$/m);
    assert.equal(stdout.includes(ACCOUNT.password), false);
  },
);

eachEngine(
  "--tag is one name for imagectl build and push and registry pin",
  async (engine) => {
    await using ground = await imageGround(engine, { Dockerfile: GOOD });
    const to = `${engine.registry}/${engine.name}/tagged`;
    const names = {
      mine: "theory-local/demo-image-1:mine",
      [`${to}:own`]: `${to}:own`,
    };
    for (const [tag, name] of Object.entries(names)) {
      const which = ["--tag", tag, "--json"];
      const built = requireCode(await ground.image("build", which), 0);
      assert.equal(JSON.parse(built.stdout).image_tag, name);
      const pushed = requireCode(
        await ground.image("push", [...which, "--to", to]),
        0,
      );
      const { source, target, digest_ref } = JSON.parse(pushed.stdout);
      assert.equal(source, name);
      assert.equal(target, `${to}:${tag === "mine" ? tag : "own"}`);
      const pin = ["registry", "pin", ...REF, ...which];
      const pinned = requireCode(await ground.command(pin), 0);
      const { pinned_oci } = JSON.parse(pinned.stdout);
      if (tag === "mine") assert.match(pinned_oci, /^theory-local\/.*@sha256:/);
      else assert.equal(pinned_oci, digest_ref);
    }
  },
);

eachEngine("imagectl touches what it declares", async (engine) => {
  await using ground = await imageGround(engine, { Dockerfile: GOOD });
  const to = ["--to", `${engine.registry}/${engine.name}/declared`];
  const lines = [
    ["imagectl", "build", ...REF],
    ["imagectl", "list"],
    ["imagectl", "push", ...REF, ...to],
  ];
  for (const args of lines) {
    const { cwd, env } = ground.place;
    const request = await requestOf(args, { dir: cwd, env });
    const declared = union(await declaredBy(request), optionalFor(request));
    const log = join(cwd, "audit.log");
    await Deno.writeTextFile(log, "");
    const audited = { ...env, DENO_AUDIT_PERMISSIONS: log };
    const flags = ["--no-prompt", ...permissionFlags(declared)];
    requireCode(await theory(args, { cwd, env: audited, flags }), 0);
    const accesses = await readAudit(log);
    assert.ok(accesses.length > 0);
    assert.deepEqual(excessOf(accesses, declared, cwd), []);
  }
});

async function labelsOf(
  { client }: TestEngine,
  image: string,
): Promise<Readonly<Record<string, string>>> {
  const text = await programOutput([...client, "image", "inspect", image]);
  return JSON.parse(text)[0].Config.Labels;
}

/** Waits until no process has such a command line. */
async function gone(commandLine: string): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    const lines = await programOutput(["ps", "-eo", "args"]);
    if (!lines.split("\n").some((line) => line.startsWith(commandLine))) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`Cannot see the end of "${commandLine}": it still runs`);
}

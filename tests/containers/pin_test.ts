import assert from "node:assert/strict";
import { join } from "node:path";
import { permissionFlags, union } from "../../cli/permission_sets.ts";
import { declaredBy, optionalFor } from "../../cli/permissions.ts";
import { excessOf, narrowedExcess, readAudit } from "../cli/audit.ts";
import { requestOf, ROOT } from "../cli/request_of.ts";
import { NO_LOGINS, theory } from "../cli/theory.ts";
import { eachEngine, type TestEngine } from "./each_engine.ts";
import { oneFileTar } from "./one_file_tar.ts";
import { programOutput } from "./program_output.ts";
import { ACCOUNT } from "./registries.ts";
import { ENTRY, HOST, pinGround, pinnedTo, pinOf, REF } from "./pin_ground.ts";
import { putImage } from "./registry_images.ts";
import { silentRegistry } from "./silent_registry.ts";

/** The kinds of manifests that engines push. */
const MANIFESTS =
  "application/vnd.docker.distribution.manifest.v2+json, application/vnd.oci.image.manifest.v1+json";

eachEngine(
  "registry pin writes the digest of a tag, and nothing else",
  async (engine) => {
    await using entry = await pinGround(engine);
    const image = await putImage({ host: engine.registry }, "pin/tag:1", {
      architecture: HOST,
    });
    const asked = ["--platform", HOST, "--oci", image.tagged];
    const dry = await entry.pin([...asked, "--dry-run"]);
    assert.equal(
      dry.stdout,
      `Would pin ${REF} for ${HOST} in ${entry.file}\n${image.reference}\n`,
    );
    assert.equal(await entry.text(), ENTRY);
    const { code, stdout, stderr } = await entry.pin([...asked, "--json"]);
    assert.equal(code, 0, stderr);
    assert.deepEqual(JSON.parse(stdout), {
      status: "success",
      ref: REF,
      platform: HOST,
      pinned_oci: image.reference,
      registry_yaml: entry.file,
      verified: true,
      changed: true,
    });
    assert.equal(await entry.text(), pinnedTo(image.reference));
    const { mode } = await Deno.stat(entry.file);
    assert.equal((mode ?? 0) & 0o777, 0o640);
    const again = await entry.pin(["--oci", image.reference]);
    assert.match(again.stdout, /^Unchanged: /);
    const left = [...Deno.readDirSync(join(entry.file, ".."))];
    assert.deepEqual(left.map(({ name }) => name), ["registry.yaml"]);
  },
);

eachEngine(
  "registry pin pins the newest build of the engine by its id",
  async (engine) => {
    await using entry = await pinGround(engine);
    const archive = join(entry.folder, "image.tar");
    await Deno.writeFile(
      archive,
      oneFileTar("it", crypto.getRandomValues(new Uint8Array(9))),
    );
    const name = "docker.io/theory-local/demo-pin-1:build-20260101000000";
    const label = `LABEL theory.ref=${REF}`;
    const { client } = engine;
    await programOutput([
      ...client,
      "import",
      "--change",
      label,
      archive,
      name,
    ]);
    const id = await programOutput(
      [...client, "image", "inspect", "--format", "{{.Id}}", name],
    );
    const reference = `theory-local/demo-pin-1@sha256:${
      id.trim().replace("sha256:", "")
    }`;
    const newest = await entry.pin([]);
    assert.equal(newest.code, 0, newest.stderr);
    assert.equal(await entry.text(), pinnedTo(reference));
    const tagged = await entry.pin(["--tag", "build-20260101000000"]);
    assert.match(tagged.stdout, /^Unchanged: /);
    await programOutput([...client, "image", "rm", name]);
    const gone = await entry.pin(["--tag", "build-20260101000000"]);
    assert.equal(gone.code, 5);
    assert.match(gone.stderr, /ERR_IMAGE_PULL .* built locally/);
    const none = await entry.pin([]);
    assert.equal(none.code, 5);
    assert.match(none.stderr, /the engine has none\nBuild one: /);
  },
);

eachEngine(
  "registry pin pins what the registry has of a build that was pushed",
  async (engine) => {
    await using entry = await pinGround(engine);
    // Podman knows such an image by a digest of its own, too, and which one it names first is chance.
    for (const round of [1, 2, 3, 4]) {
      const name = `pin/pushed-${engine.name}`;
      const tagged = `${engine.registry}/${name}:${round}`;
      await pushNew(engine, tagged, entry.folder);
      const { stdout, stderr } = await entry.pin(["--oci", tagged]);
      const digest = /@(sha256:\w+)\n$/.exec(stdout)?.[1];
      assert.ok(digest !== undefined, stderr);
      const url = `http://${engine.registry}/v2/${name}/manifests/${digest}`;
      const headers = { accept: MANIFESTS };
      const manifest = await fetch(url, { headers });
      assert.equal(manifest.status, 200, await manifest.text());
    }
  },
);

/** Makes the engine push an image that is like no other one. */
async function pushNew(
  { client }: TestEngine,
  tagged: string,
  folder: string,
): Promise<void> {
  const archive = join(folder, "image.tar");
  const content = crypto.getRandomValues(new Uint8Array(9));
  await Deno.writeFile(archive, oneFileTar("it", content));
  await programOutput([...client, "import", archive, tagged]);
  await programOutput([...client, "push", tagged]);
}

eachEngine(
  "registry pin changes nothing where there is nothing to pin",
  async (engine) => {
    await using entry = await pinGround(engine);
    const shelf = { host: engine.registry };
    const arm = await putImage(shelf, "pin/arm:1", { architecture: "arm64" });
    const refused: Readonly<
      Record<string, readonly [readonly string[], number]>
    > = {
      "the registry does not have it": [[
        "--oci",
        `${engine.registry}/pin/none:1`,
      ], 5],
      "for arm64, not for amd64|not made for this platform": [[
        "--platform",
        "amd64",
        "--oci",
        arm.tagged,
      ], 5],
      "it is not a name of an image": [["--oci", "No/Name"], 2],
      "Cannot pin both --tag and --oci": [["--oci", "a:1", "--tag", "b"], 2],
    };
    for (const [words, [args, exit]] of Object.entries(refused)) {
      const { code, stdout, stderr } = await entry.pin(args);
      assert.match(stderr, new RegExp(words));
      assert.deepEqual([code, stdout], [exit, ""]);
    }
    assert.equal(await entry.text(), ENTRY);
  },
);

eachEngine("registry pin leaves shipped entries alone", async (engine) => {
  const image = await putImage({ host: engine.registry }, "pin/shipped:1", {
    architecture: HOST,
  });
  const ref = ["--ref", "llm/litellm@1", "--dry-run"];
  const args = ["registry", "pin", ...ref, "--oci", image.tagged];
  const { code, stderr } = await theory(args, { env: engine.env });
  assert.equal(code, 2);
  assert.match(stderr, /ERR_ENTRY_SHIPPED Cannot pin "llm\/litellm@1"/);
  assert.match(stderr, /processors\/llm\/litellm\/1, then add --registry/);
  // Whoever names their root is at work on them.
  const root = ["--registry", join(ROOT, "registry")];
  const named = await theory([...args, ...root], { env: engine.env });
  assert.match(named.stdout, /^Would pin llm\/litellm@1 /, named.stderr);
});

eachEngine(
  "pins and starts show a private registry what a credential helper knows",
  async (engine) => {
    await using entry = await pinGround(engine);
    const { privateRegistry: host } = engine;
    const image = await putImage({ host, account: ACCOUNT }, "pin/private:1", {
      architecture: HOST,
    });
    const { username, password } = ACCOUNT;
    const answer = JSON.stringify({ Username: username, Secret: password });
    await Deno.writeTextFile(
      join(entry.folder, "docker-credential-tests"),
      `#!/bin/sh\nread -r server\n[ "$server" = "${host}" ] && echo '${answer}'\n`,
      { mode: 0o755 },
    );
    const config = { credHelpers: { [host]: "tests" } };
    await Deno.writeTextFile(
      join(entry.folder, "config.json"),
      JSON.stringify(config),
    );
    const asked = ["--platform", HOST, "--oci", image.tagged];
    const refused = await entry.pin(asked, {
      DOCKER_CONFIG: join(entry.folder, "none"),
    });
    assert.match(refused.stderr, /the registry asks for a login/);
    const helped = {
      DOCKER_CONFIG: entry.folder,
      PATH: `${entry.folder}:${Deno.env.get("PATH")}`,
    };
    const { code, stdout, stderr } = await entry.pin(asked, helped);
    assert.equal(code, 0, stderr);
    assert.equal(await entry.text(), pinnedTo(image.reference));
    const args = ["--ref", REF, "--registry", "processors"];
    const start = await theory(["localctl", "start", ...args], {
      cwd: entry.folder,
      env: { ...engine.env, ...helped },
    });
    // There is nothing in the image that could be started, but it was pulled.
    assert.doesNotMatch(start.stderr, /ERR_IMAGE/);
    await programOutput(
      [...engine.client, "image", "inspect", image.reference],
    );
    assert.ok(
      !`${stdout}${stderr}${refused.stderr}${start.stderr}`.includes(password),
    );
  },
);

eachEngine(
  "registry pin takes a login from the environment",
  async (engine) => {
    await using entry = await pinGround(engine);
    const { privateRegistry: host } = engine;
    const image = await putImage({ host, account: ACCOUNT }, "pin/named:1", {
      architecture: HOST,
    });
    const { code, stderr } = await entry.pin(["--oci", image.tagged], {
      REGISTRY_HOST: host,
      REGISTRY_USERNAME: ACCOUNT.username,
      REGISTRY_PASSWORD: ACCOUNT.password,
    });
    assert.equal(code, 0, stderr);
    assert.equal(await entry.text(), pinnedTo(image.reference));
  },
);

eachEngine(
  "registry pin can be interrupted, and writes nothing then",
  async (engine) => {
    await using entry = await pinGround(engine);
    await using registry = silentRegistry();
    const child = entry.begin(["--oci", `${registry.host}/pin/silent:1`]);
    const output = child.output();
    await child.stdin.close();
    await registry.asked;
    child.kill("SIGINT");
    const { code, stderr } = await output;
    assert.match(new TextDecoder().decode(stderr), /ERR_INTERRUPTED/);
    assert.equal(code, 130);
    assert.equal(await entry.text(), ENTRY);
  },
);

for (const grants of ["exact", "all"] as const) {
  eachEngine(
    `registry pin touches what it declares, with ${grants} grants,`,
    async (engine) => {
      await using entry = await pinGround(engine);
      const { folder: cwd } = entry;
      const image = await putImage({ host: engine.registry }, "pin/audit:1", {
        architecture: HOST,
      });
      const args = pinOf(["--oci", image.tagged]);
      const log = join(cwd, "audit.log");
      const env = { ...NO_LOGINS, ...engine.env };
      const request = await requestOf(args, { dir: cwd, env });
      const declared = await declaredBy(request);
      const held = union(declared, optionalFor(request));
      await Deno.writeTextFile(log, "");
      const { code, stderr } = await theory(args, {
        cwd,
        env: { ...env, DENO_AUDIT_PERMISSIONS: log },
        flags: grants === "all"
          ? ["-A"]
          : ["--no-prompt", ...permissionFlags(held)],
      });
      assert.equal(code, 0, stderr);
      assert.equal(await entry.text(), pinnedTo(image.reference));
      const accesses = await readAudit(log);
      const excess = grants === "all"
        ? narrowedExcess(accesses, request, { declared, cwd })
        : excessOf(accesses, held, cwd);
      assert.deepEqual(excess, []);
    },
  );
}

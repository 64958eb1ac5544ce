import assert from "node:assert/strict";
import { join } from "node:path";
import { askHelper } from "../../../adapters/images/credential_helper.ts";
import { userCredentials } from "../../../adapters/images/credentials.ts";
import { Failure } from "../../../schemas/mod.ts";
import { temporary } from "../temporary.ts";

const SECRET = "pw-marked-51c0a9";
const NEVER = new AbortController().signal;

/** What a helper does that is a script of the shell. */
async function askScript(script: string, signal = NEVER) {
  await using temp = await temporary();
  const program = join(temp.folder, "docker-credential-test");
  await Deno.writeTextFile(program, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return await askHelper(
    { kind: "helper", program, server: "ghcr.io" },
    signal,
  );
}

Deno.test("askHelper() tells the server on standard input, not in arguments", async () => {
  const script =
    `read -r server; printf '{"ServerURL":"%s","Username":"%s","Secret":"${SECRET}"}' "$server" "$*:$server"`;
  assert.deepEqual(await askScript(script), {
    username: "get:ghcr.io",
    password: SECRET,
    serveraddress: "ghcr.io",
  });
});

Deno.test("askHelper() takes an identity token", async () => {
  const script = `echo '{"Username":"<token>","Secret":"${SECRET}"}'`;
  assert.deepEqual(await askScript(script), {
    identitytoken: SECRET,
    serveraddress: "ghcr.io",
  });
});

Deno.test("askHelper() has nothing where the helper has nothing", async () => {
  const script = "echo 'credentials not found in native keychain'; exit 1";
  assert.equal(await askScript(script), undefined);
});

const FAULTS: Readonly<Record<string, readonly [string, RegExp]>> = {
  "fails": [
    "cat >/dev/null; echo 'the keychain is locked'; exit 1",
    /: the keychain is locked$/,
  ],
  "fails without a word": ["exit 3", /: it failed$/],
  "answers something else": [
    `echo '${SECRET}'`,
    /: it does not answer with a login$/,
  ],
  "answers half a login": [
    `echo '{"Secret":"${SECRET}"}'`,
    /: it does not answer with a login$/,
  ],
};

for (const [what, [script, found]] of Object.entries(FAULTS)) {
  Deno.test(`askHelper() refuses a helper that ${what}, and shows no secret`, async () => {
    await assert.rejects(askScript(script), (error) => {
      assert.ok(error instanceof Failure);
      assert.equal(error.code, "ERR_IMAGE_CREDENTIALS");
      assert.match(error.message, found);
      assert.ok(!Deno.inspect(error).includes(SECRET));
      return true;
    });
  });
}

Deno.test("askHelper() names a helper that is not installed", async () => {
  const helper = { kind: "helper", server: "ghcr.io" } as const;
  const program = "docker-credential-that-nobody-has";
  await assert.rejects(askHelper({ ...helper, program }, NEVER), {
    code: "ERR_IMAGE_CREDENTIALS",
    message:
      'Cannot get the login for "ghcr.io" from docker-credential-that-nobody-has: no such program',
  });
});

Deno.test("askHelper() ends a helper that waits when it is interrupted", async () => {
  const signal = AbortSignal.timeout(200);
  await assert.rejects(askScript("exec sleep 600", signal), {
    code: "ERR_INTERRUPTED",
  });
});

async function lookUp(env: Readonly<Record<string, string>>, registry: string) {
  const credentials = userCredentials((name) => env[name]);
  return await credentials({ registry, repository: "a/b" }, NEVER);
}

const OWN = { REGISTRY_USERNAME: "me", REGISTRY_PASSWORD: SECRET };

Deno.test("userCredentials() takes those of the environment for one registry alone", async () => {
  const login = { username: "me", password: SECRET };
  assert.deepEqual(await lookUp(OWN, "ghcr.io"), {
    ...login,
    serveraddress: "ghcr.io",
  });
  assert.equal(await lookUp(OWN, "docker.io"), undefined);
  const elsewhere = { ...OWN, REGISTRY_HOST: "localhost:5000" };
  assert.equal(await lookUp(elsewhere, "ghcr.io"), undefined);
  assert.deepEqual(await lookUp(elsewhere, "localhost:5000"), {
    ...login,
    serveraddress: "localhost:5000",
  });
  const half = { REGISTRY_PASSWORD: SECRET };
  assert.equal(await lookUp(half, "ghcr.io"), undefined);
});

Deno.test("userCredentials() looks through the files, the first login counts", async () => {
  await using temp = await temporary();
  const auths = { "ghcr.io": { auth: btoa(`podman:${SECRET}`) } };
  const place = join(temp.folder, "containers");
  await Deno.mkdir(place);
  await Deno.writeTextFile(join(place, "auth.json"), JSON.stringify({ auths }));
  await Deno.writeTextFile(join(temp.folder, "config.json"), "");
  const env = { DOCKER_CONFIG: temp.folder, XDG_RUNTIME_DIR: temp.folder };
  assert.deepEqual(await lookUp(env, "ghcr.io"), {
    username: "podman",
    password: SECRET,
    serveraddress: "ghcr.io",
  });
  assert.equal(await lookUp(env, "quay.io"), undefined);
});

Deno.test("userCredentials() names a file that is damaged, and shows nothing of it", async () => {
  await using temp = await temporary();
  const file = join(temp.folder, "config.json");
  await Deno.writeTextFile(file, `{"auths":{"ghcr.io":{"auth":${SECRET}}}}`);
  await assert.rejects(
    lookUp({ DOCKER_CONFIG: temp.folder }, "ghcr.io"),
    (error) => {
      assert.ok(error instanceof Failure);
      assert.equal(error.message, `Cannot read "${file}": it is not JSON`);
      assert.ok(!Deno.inspect(error).includes(SECRET));
      return true;
    },
  );
});

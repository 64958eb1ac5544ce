import assert from "node:assert/strict";
import { join } from "node:path";
import { openDocker } from "../../adapters/containers/open_docker.ts";
import { userCredentials } from "../../adapters/images/credentials.ts";
import {
  ensureImage,
  type EnsureOptions,
} from "../../adapters/images/ensure_image.ts";
import { Failure } from "../../schemas/mod.ts";
import { temporary } from "../adapters/temporary.ts";
import { eachEngine, type TestEngine } from "./each_engine.ts";
import { ACCOUNT } from "./registries.ts";
import { putImage, putList, type ShelvedImage } from "./registry_images.ts";
import { silentRegistry } from "./silent_registry.ts";

/** Makes an engine have an image, from where its reference says. */
async function ensured(
  engine: TestEngine,
  image: Pick<ShelvedImage, "reference" | "digest">,
  options: Partial<EnsureOptions> = {},
) {
  const docker = await openDocker({ path: engine.socket });
  return await ensureImage(docker, image, {
    platform: "amd64",
    signal: new AbortController().signal,
    ...options,
  });
}

/** Why an engine does not get an image. */
async function refusal(...asked: Parameters<typeof ensured>): Promise<Failure> {
  const found = await ensured(...asked).then(() => undefined, (error) => error);
  assert.ok(found instanceof Failure, Deno.inspect(found));
  return found;
}

/** The name of an image at another host, or with another digest. */
function named(host: string, digest = `sha256:${"0".repeat(64)}`) {
  return { reference: `${host}/pull/nothing@${digest}`, digest };
}

eachEngine(
  "ensureImage() pulls an image by its digest, once",
  async (engine) => {
    const shelf = { host: engine.registry };
    const image = await putImage(shelf, "pull/once:1", { bytes: 300_000 });
    const steps: unknown[] = [];
    const onProgress = (step: unknown) => steps.push(step);
    const facts = await ensured(engine, image, { onProgress });
    assert.ok(facts.repoDigests.includes(image.reference));
    assert.equal(facts.architecture, "amd64");
    const pulled = steps.length;
    assert.ok(pulled > 0, "the engine tells how far it is");
    const again = await ensured(engine, image, { onProgress });
    assert.deepEqual(again, facts);
    assert.equal(steps.length, pulled);
  },
);

eachEngine("ensureImage() takes the platform out of a list", async (engine) => {
  const shelf = { host: engine.registry };
  const amd64 = await putImage(shelf, "pull/list:amd64");
  const arm64 = await putImage(shelf, "pull/list:arm64", {
    architecture: "arm64",
  });
  const list = await putList(shelf, "pull/list:1", { amd64, arm64 });
  const { architecture } = await ensured(engine, list, { platform: "arm64" });
  assert.equal(architecture, "arm64");
  if (engine.name === "podman") {
    assert.equal((await ensured(engine, list)).architecture, "amd64");
  } else {
    const { message } = await refusal(engine, list);
    assert.match(message, /: the engine has it for another platform, /);
  }
});

eachEngine(
  "ensureImage() says that an image is for other platforms",
  async (engine) => {
    const shelf = { host: engine.registry };
    const made = { architecture: "arm64" };
    const single = await putImage(shelf, "pull/arm:1", made);
    const arm64 = await putImage(shelf, "pull/arm_only:arm64", made);
    const list = await putList(shelf, "pull/arm_only:1", { arm64 });
    for (const image of [single, list]) {
      const { code, message, hint } = await refusal(engine, image);
      assert.equal(code, "ERR_IMAGE_PULL");
      assert.match(
        message,
        /: it is (?:not made for this platform|made for arm64, not for amd64)$/,
      );
      assert.match(hint ?? "", /for the platform/);
    }
  },
);

eachEngine(
  "ensureImage() says what keeps an engine from an image",
  async (engine) => {
    const unused = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const { port } = unused.addr;
    unused.close();
    const found: Record<string, RegExp> = {
      [engine.registry]: /^the registry does not have it$/,
      [`127.0.0.1:${port}`]: /^nothing listens where its registry should be$/,
      "registry.invalid": /^its registry has a name that nobody knows$/,
      [engine.privateRegistry]: /^the registry asks for a login$/,
    };
    for (const [host, words] of Object.entries(found)) {
      const { code, message, hint } = await refusal(engine, named(host));
      assert.equal(code, "ERR_IMAGE_PULL");
      assert.match(message.slice(message.lastIndexOf('": ') + 3), words);
      assert.ok(hint, host);
    }
  },
);

eachEngine(
  "ensureImage() shows a private registry the login of the user",
  async (engine) => {
    await using temp = await temporary();
    const { privateRegistry: host } = engine;
    const shelf = { host, account: ACCOUNT };
    const image = await putImage(shelf, "pull/private:1");
    const logIn = async (password: string) => {
      const auth = btoa(`${ACCOUNT.username}:${password}`);
      await Deno.writeTextFile(
        join(temp.folder, "config.json"),
        JSON.stringify({ auths: { [host]: { auth } } }),
      );
    };
    const credentials = userCredentials((name) =>
      name === "DOCKER_CONFIG" ? temp.folder : undefined
    );
    await logIn("wrong-marked-77");
    const refused = await refusal(engine, image, { credentials });
    assert.match(refused.message, /: the registry asks for a login$/);
    assert.ok(!Deno.inspect(refused).includes("wrong-marked-77"));
    await logIn(ACCOUNT.password);
    const { repoDigests } = await ensured(engine, image, { credentials });
    assert.ok(repoDigests.includes(image.reference));
  },
);

eachEngine(
  "ensureImage() says that a registry allows no more",
  async (engine) => {
    const errors = [{ code: "TOOMANYREQUESTS", message: "pull rate limit" }];
    await using server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen: () => {} },
      () => Response.json({ errors }, { status: 429 }),
    );
    const host = `127.0.0.1:${server.addr.port}`;
    const { message } = await refusal(engine, named(host));
    // Podman takes plain HTTP of those registries alone that its configuration names.
    const found = engine.name === "podman"
      ? "its registry speaks HTTP, and the engine asks for HTTPS"
      : "the registry allows no more pulls for now";
    assert.ok(message.endsWith(`: ${found}`), message);
  },
);

eachEngine(
  "ensureImage() gives up a registry that says nothing",
  async (engine) => {
    await using registry = silentRegistry();
    const { code } = await refusal(engine, named(registry.host), {
      stallMs: 500,
    });
    assert.equal(code, "ERR_PULL_TIMEOUT");
  },
);

eachEngine("ensureImage() can be interrupted", async (engine) => {
  await using registry = silentRegistry();
  const { code } = await refusal(engine, named(registry.host), {
    signal: AbortSignal.timeout(500),
  });
  assert.equal(code, "ERR_INTERRUPTED");
});

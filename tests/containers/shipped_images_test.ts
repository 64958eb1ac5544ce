import assert from "node:assert/strict";
import { join } from "node:path";
import { leavesOf } from "../adapters/shared_fixture.ts";
import { theory } from "../cli/theory.ts";
import { eachEngine, type TestEngine } from "./each_engine.ts";
import { requireCode } from "./probe_ground.ts";
import { programOutput } from "./program_output.ts";
import { shippedGround, STATE_DIRS } from "./shipped_ground.ts";

/** What is run of each shipped processor. */
const INPUTS: Readonly<Record<string, readonly string[]>> = {
  "llm/litellm@1": [
    JSON.stringify({
      schema: "v1",
      params: {
        messages: [{ content: ["What is this?", { $attach: "photo" }] }],
      },
    }),
    "--attach",
    `photo=${
      new URL("../../docs/examples/landscape.png", import.meta.url).pathname
    }`,
  ],
  "replicate/generic@1": [
    JSON.stringify({
      schema: "v1",
      params: { model: "owner/name", input: { prompt: "a cat" } },
    }),
  ],
};

for (const [ref, inputs] of Object.entries(INPUTS)) {
  eachEngine(
    `the image of ${ref} answers mock with the bytes of the sandbox`,
    async (engine) => {
      await using ground = await shippedGround(engine, ref);
      const run = async (stateDir: string) => {
        const saved = join(ground.dir, `${stateDir}-saved`);
        const { stdout } = requireCode(
          await ground.command([
            ...["localctl", "run", "--ref", ref, "--mode", "mock", "--json"],
            ...["--execution-id", "same", "--state-dir", stateDir],
            ...["--save-dir", saved, "--inputs-json", ...inputs],
          ]),
          0,
        );
        return { stdout, saved };
      };
      const sandbox = await run("sandbox");
      const start = ["localctl", "start", "--ref", ref, "--engine", "docker"];
      for (const stateDir of STATE_DIRS) {
        const place = ["--state-dir", stateDir];
        const closed = stateDir === "closed" ? ["--hermetic"] : [];
        const secrets = ["--mock-missing-secrets", ...closed];
        requireCode(await ground.command([...start, ...place, ...secrets]), 0);
        const container = await run(stateDir);
        assert.equal(container.stdout, sandbox.stdout);
        assert.deepEqual(
          await contentOf(container.saved),
          await contentOf(sandbox.saved),
        );
        const stop = ["localctl", "stop", "--ref", ref, ...place];
        requireCode(await ground.command(stop), 0);
      }
    },
  );
}

eachEngine(
  "the images are built by the engine's own client, and run by it as they are",
  async (engine) => {
    const root = new URL("../../", import.meta.url).pathname;
    const { client } = engine;
    const name = "theory-tests/plain";
    await programOutput([
      ...[...client, "build", "--tag", name],
      ...[
        "--file",
        join(root, "registry/replicate/generic/1/Dockerfile"),
        root,
      ],
    ], { env: { DOCKER_BUILDKIT: "0" } });
    const id = await programOutput([
      ...[...client, "run", "--detach", "--rm"],
      ...["--publish", "127.0.0.1::8000", name],
    ]);
    try {
      const port = await programOutput([...client, "port", id.trim(), "8000"]);
      const url = `http://${port.trim()}`;
      assert.deepEqual(await health(url), { ok: true, digest: "unpinned" });
      const check = await checkOf(engine, name);
      await programOutput([...client, "exec", id.trim(), ...check]);
      assert.equal(
        (await programOutput([...client, "exec", id.trim(), "id", "-un"]))
          .trim(),
        "deno",
      );
    } finally {
      await programOutput([...client, "kill", id.trim()]);
    }
  },
);

Deno.test("every shipped processor has an image, which is run here", async () => {
  const { stdout } = await theory(["registry", "list", "--json"]);
  const entries = JSON.parse(stdout) as readonly {
    readonly ref: string;
    readonly image: { readonly build?: unknown };
  }[];
  assert.deepEqual(
    entries.filter(({ image }) => image.build === undefined),
    [],
  );
  assert.deepEqual(
    entries.map(({ ref }) => ref).sort(),
    Object.keys(INPUTS).sort(),
  );
});

/** The command of HEALTHCHECK; in Podman's form of images there is none, so that it is that of the Dockerfile. */
async function checkOf(
  { name, client }: TestEngine,
  image: string,
): Promise<readonly string[]> {
  if (name === "podman") {
    const text = await Deno.readTextFile(
      new URL("../../registry/replicate/generic/1/Dockerfile", import.meta.url),
    );
    return JSON.parse(/^ {2}CMD (\[.*\])$/m.exec(text)?.[1] ?? "");
  }
  const [found] = JSON.parse(
    await programOutput([...client, "image", "inspect", image]),
  );
  return found.Config.Healthcheck.Test.slice(1);
}

/** What it says once it listens. */
async function health(url: string): Promise<unknown> {
  for (let tries = 0; tries < 300; tries++) {
    try {
      return await (await fetch(`${url}/healthz`)).json();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  throw new Error(`Cannot reach "${url}": nothing answers`);
}

async function contentOf(
  folder: string,
): Promise<Readonly<Record<string, string>>> {
  const paths = await leavesOf(folder);
  return Object.fromEntries(
    await Promise.all(paths.map(async (path) => [
      path,
      await Deno.readTextFile(join(folder, path)),
    ])),
  );
}

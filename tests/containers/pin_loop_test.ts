import assert from "node:assert/strict";
import { join } from "node:path";
import { envelopeOf, type Printed, theory, workFolder } from "../cli/theory.ts";
import { eachEngine, type TestEngine } from "./each_engine.ts";
import { requireCode } from "./probe_ground.ts";
import { programOutput } from "./program_output.ts";

const REF = "demo/loop@1";
const ENTRY = `# A processor that is built, pushed, pinned and run
ref: ${REF}
build: { context: . }
image:
  platforms:
    amd64: demo/loop@sha256:REPLACE_AMD64   # none yet
    arm64: demo/loop@sha256:REPLACE_ARM64   # none yet
inputs: { type: object }
outputs:
  type: object
  properties:
    response: { type: string }
    usage: { type: object }
  required: [response]
`;
const HOST = Deno.build.arch === "aarch64" ? "arm64" : "amd64";

/** The entry with a pin for this machine. */
function entryWith(reference: string): string {
  return ENTRY.replace(
    `demo/loop@sha256:REPLACE_${HOST.toUpperCase()}`,
    reference,
  );
}

/** A processor of a user's own in a folder, and the commands that it goes through. */
async function ownProcessor({ env }: TestEngine) {
  const { dir, ...work } = await workFolder();
  const place = join(dir, "registry/demo/loop/1");
  const source = new URL("python/", import.meta.url).pathname;
  await Deno.mkdir(join(place, ".."), { recursive: true });
  await programOutput(["cp", "-r", source, place]);
  const dockerfile = join(place, "Dockerfile");
  const text = await Deno.readTextFile(dockerfile);
  await Deno.writeTextFile(
    dockerfile,
    text.replace("ARG DIALECT", "ARG DIALECT=request"),
  );
  const file = join(place, "registry.yaml");
  await Deno.writeTextFile(file, ENTRY);
  const within = { cwd: dir, env: { ...env, THEORY_REGISTRY: "registry" } };
  const command = (words: string, ...more: readonly string[]) =>
    theory([...words.split(" "), "--ref", REF, ...more], within);
  const inputs = JSON.stringify({ schema: "v1", params: { name: "Ada" } });
  return {
    command,
    run: () => command("localctl run", "--json", "--inputs-json", inputs),
    entry: () => Deno.readTextFile(file),
    change: (mark: string) =>
      Deno.writeTextFile(join(place, "processor.py"), `# ${mark}\n`, {
        append: true,
      }),
    async [Symbol.asyncDispose]() {
      await theory(["localctl", "stop", "--all"], within);
      await work[Symbol.asyncDispose]();
    },
  };
}

type Processor = Awaited<ReturnType<typeof ownProcessor>>;

/** What commands say of images, as JSON. */
interface Told {
  readonly digest_ref: string;
  readonly pinned_oci: string;
  readonly instances: readonly {
    readonly image: {
      readonly running: string;
      readonly pinned: string;
      readonly drift: boolean;
    };
  }[];
}

function json({ stdout }: Printed): Told {
  return JSON.parse(stdout);
}

/** Builds, pushes and pins it as it is now; answers the pin, once it is the only change in the entry. */
async function released(
  { command, entry }: Processor,
  to: string,
): Promise<string> {
  requireCode(await command("imagectl build"), 0);
  const pushed = await command("imagectl push", "--to", to, "--json");
  const { digest_ref } = json(requireCode(pushed, 0));
  const pinned = json(requireCode(await command("registry pin", "--json"), 0));
  assert.equal(pinned.pinned_oci, digest_ref);
  assert.equal(await entry(), entryWith(digest_ref));
  return digest_ref;
}

/** Takes everything of the processor from the engine, so that it must come from the registry. */
async function forget({ client }: TestEngine): Promise<void> {
  const found = await programOutput([
    ...[...client, "images", "--quiet", "--no-trunc"],
    ...["--filter", `label=theory.ref=${REF}`],
  ]);
  const ids = new Set(found.split("\n").filter((id) => id !== ""));
  for (const id of ids) {
    await programOutput([...client, "image", "rm", "--force", id]);
  }
}

function digestOf(pin: string): string {
  return pin.slice(pin.indexOf("@") + 1);
}

eachEngine(
  "build, push, pin, start, run, and drift after another pin",
  async (engine) => {
    await using processor = await ownProcessor(engine);
    const { command, run } = processor;
    const unpinned = requireCode(await command("localctl start"), 5);
    assert.match(unpinned.stderr, /ERR_IMAGE_UNPINNED/);
    const to = `${engine.registry}/loop/${engine.name}`;

    const first = await released(processor, to);
    await forget(engine);
    requireCode(await command("localctl start"), 0);
    const { instances: [fresh] } = json(
      requireCode(await command("localctl status", "--json"), 0),
    );
    assert.equal(fresh?.image.drift, false);
    assert.equal(fresh?.image.running, digestOf(first));
    assert.equal(envelopeOf(requireCode(await run(), 0)).status, "success");

    await processor.change("another one");
    const second = await released(processor, to);
    assert.notEqual(second, first);
    const digests = [digestOf(first), digestOf(second)];
    const told = json(
      requireCode(await command("localctl status", "--json"), 5),
    ).instances[0]?.image;
    assert.deepEqual(told, {
      running: digests[0],
      pinned: digests[1],
      drift: true,
    });
    for (const words of ["localctl status", "localctl start"]) {
      const { stderr } = requireCode(await command(words), 5);
      assert.match(stderr, /ERR_IMAGE_DRIFT/);
      assert.ok(digests.every((digest) => stderr.includes(digest)), stderr);
      assert.match(stderr, /localctl stop --ref demo\/loop@1 && .*start --ref/);
    }
    const { error } = envelopeOf(requireCode(await run(), 5));
    assert.equal(error?.code, "ERR_IMAGE_DRIFT");

    requireCode(await command("localctl stop"), 0);
    requireCode(await command("localctl start"), 0);
    assert.equal(envelopeOf(requireCode(await run(), 0)).status, "success");
  },
);

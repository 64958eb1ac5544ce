import { join } from "node:path";
import { temporary } from "../../adapters/temporary.ts";
import type { Ground } from "../../cli/kill_loop/ground.ts";
import { spawn, theory } from "../../cli/theory.ts";
import type { TestEngine } from "../each_engine.ts";
import { programOutput } from "../program_output.ts";
import { programImage } from "../program_processor.ts";
import { built } from "../python_processor.ts";

/** The processors of the loop: on our own server, and as a program. */
export const REFS = { server: "demo/loop@1", program: "demo/third@1" } as const;

/** A folder in which runs on containers are killed. */
export interface LoopGround extends Ground {
  readonly engine: TestEngine;
  /** Containers of single runs, or all that there are. */
  containers(label?: string): Promise<readonly string[]>;
  networks(): Promise<readonly string[]>;
  /** What the servers have logged that are there. */
  logs(): Promise<string>;
}

const ROOT = new URL("../../../", import.meta.url).pathname;
const LOOP = join(ROOT, "tests/cli/testdata/kill_loop/demo/loop/1");

export async function loopGround(engine: TestEngine): Promise<LoopGround> {
  const place = await temporary();
  const { folder: dir } = place;
  const stateDir = join(dir, "state");
  const attached = new TextEncoder().encode("attached ".repeat(100_000));
  await Deno.writeFile(join(dir, "attached.bin"), attached);
  await writeEntry(dir, {
    ref: REFS.server,
    image: await serverImage(engine, dir),
    lines: [
      "outputs:",
      "  - { path: echo.bin, mime: application/octet-stream }",
      "  - { path: note.txt, mime: text/plain }",
    ],
  });
  await writeEntry(dir, {
    ref: REFS.program,
    image: await programImage(engine, "third"),
    lines: [
      "api: { protocol: file }",
      "outputs:",
      "  - { path: text/response.txt, mime: text/plain }",
    ],
  });
  const options = { cwd: dir, env: engine.env };
  const listed = async (...args: readonly string[]) =>
    (await programOutput([...engine.client, ...args])).split("\n")
      .filter((line) => line !== "");
  const state = `label=theory.state=${stateDir}`;
  return {
    dir,
    stateDir,
    savedDir: join(dir, "saved"),
    attached,
    engine,
    command: (args) => spawn([...args, "--state-dir", stateDir], options),
    containers: (label = "theory.state") =>
      listed(
        ...["ps", "--all", "--quiet", "--filter", state],
        ...["--filter", `label=${label}`],
      ),
    async logs() {
      const all = ["ps", "--all", "--quiet", "--filter", state];
      const [id] = await listed(...all);
      const line = [...engine.client, "logs", id ?? ""];
      return id === undefined ? "" : await programOutput(line);
    },
    networks: () => listed("network", "ls", "--quiet", "--filter", state),
    async [Symbol.asyncDispose]() {
      const stop = ["localctl", "stop", "--all", "--state-dir", stateDir];
      await theory(stop, options);
      await place[Symbol.asyncDispose]();
    },
  };
}

/** Builds the handler of the loop into an image with our own server, of what that takes and nothing else. */
async function serverImage(engine: TestEngine, dir: string): Promise<string> {
  const context = join(dir, "context");
  await Deno.mkdir(context);
  const parts = ["schemas", "runtime", "deno.json", "deno.lock"];
  for (const part of parts) {
    await programOutput(["cp", "-r", join(ROOT, part), context]);
  }
  await programOutput(["cp", "-r", LOOP, join(context, "processor")]);
  const name = "theory-tests/loop";
  const dockerfile = new URL("Dockerfile", import.meta.url).pathname;
  const id = await built(engine, [
    ...["--file", dockerfile, "--tag", name, context],
  ]);
  return `${name}@${id}`;
}

async function writeEntry(
  dir: string,
  { ref, image, lines }: {
    readonly ref: string;
    readonly image: string;
    readonly lines: readonly string[];
  },
): Promise<void> {
  const folder = join(dir, "registry", ref.replace("@", "/"));
  await Deno.mkdir(folder, { recursive: true });
  const text = [
    `ref: ${ref}`,
    "title: A processor that is killed",
    "image:",
    `  platforms: { amd64: "${image}", arm64: "${image}" }`,
    "runtime: { cpu: 1, memory_gb: 0.5, timeout_s: 60 }",
    "inputs:",
    "  $schema: http://json-schema.org/draft-07/schema#",
    "  type: object",
    ...lines,
    "",
  ];
  await Deno.writeTextFile(join(folder, "registry.yaml"), text.join("\n"));
}

import { join } from "node:path";
import { workFolder } from "../cli/theory.ts";
import { type Printed, spawn, theory } from "../cli/theory.ts";
import type { TestEngine } from "./each_engine.ts";
import { programOutput } from "./program_output.ts";

/** What is spoken with the servers of tests/containers/python: `post` is HTTP without its stream. */
export type Dialect = "http" | "post" | "nested" | "flat" | "request";

/** The outputs of an entry, as their generations declare them. */
const LISTED = [
  "outputs:",
  "  - { path: text/response.txt, mime: text/plain }",
];
const NAMED = [
  "outputs:",
  "  type: object",
  "  properties:",
  "    response: { type: string }",
  "    usage: { type: object }",
  "  required: [response]",
];

const ENTRIES: Readonly<Record<Dialect, readonly string[]>> = {
  http: ["api: { protocol: http, path: /run-stream }", ...LISTED],
  post: ["api: { protocol: http, path: /run }", ...LISTED],
  nested: ["api: { protocol: ws }", ...LISTED],
  flat: ["api: { protocol: ws }", ...NAMED],
  request: ["api: { protocol: ws }", ...NAMED],
};

/** A folder with a registry of one processor, on one engine. */
export interface Ground extends AsyncDisposable {
  readonly dir: string;
  readonly stateDir: string;
  readonly engine: TestEngine;
  /** Its image is built, and pinned. */
  readonly ref: string;
  /** Runs a command of the program on it, in an environment with some more names. */
  command(args: readonly string[], more?: Names): Promise<Printed>;
  /** The same, going on. */
  begin(args: readonly string[], more?: Names): Deno.ChildProcess;
  /** Containers, networks and volumes that carry the state folder as their label. */
  left(): Promise<readonly string[]>;
}

/** Environment names with their values. */
type Names = Readonly<Record<string, string>>;

/** The arguments of `localctl run` of what a processor of the tests does. */
export function runOf(
  { ref }: Pick<Ground, "ref">,
  params: Readonly<Record<string, unknown>>,
  ...more: readonly string[]
): readonly string[] {
  const inputs = JSON.stringify({ schema: "v1", params });
  return ["localctl", "run", "--ref", ref, "--inputs-json", inputs, ...more];
}

/** Builds a processor in Python, and makes a registry of it; everything of it is ended when it is disposed of. */
export async function pythonGround(
  engine: TestEngine,
  dialect: Dialect,
): Promise<Ground> {
  const name = `theory-tests/python-${dialect}`;
  const context = new URL("python/", import.meta.url).pathname;
  const id = await built(engine, [
    // Podman takes what it has built before, whatever it is told of the dialect.
    ...[
      "--no-cache",
      "--build-arg",
      `DIALECT=${dialect === "post" ? "http" : dialect}`,
    ],
    ...["--tag", name, context],
  ]);
  return await groundOf(engine, {
    ref: `demo/${dialect}@1`,
    image: `${name}@${id}`,
    lines: [...ENTRIES[dialect], "secrets: { optional: [DEMO_KEY] }"],
  });
}

/** Builds an image; answers its id. */
export async function built(
  { client }: TestEngine,
  args: readonly string[],
): Promise<string> {
  const tag = args[args.indexOf("--tag") + 1] ?? "";
  await programOutput([...client, "build", ...args]);
  const id = await programOutput(
    [...client, "image", "inspect", "--format", "{{.Id}}", tag],
  );
  return `sha256:${id.trim().replace(/^sha256:/, "")}`;
}

/** A registry of one processor, in a folder of its own. */
export async function groundOf(
  engine: TestEngine,
  { ref, image, lines }: {
    readonly ref: string;
    readonly image: string;
    /** Of its entry, besides. */
    readonly lines: readonly string[];
  },
): Promise<Ground> {
  const folder = await workFolder();
  const { dir } = folder;
  const place = join(dir, "registry", ref.replace("@", "/"));
  await Deno.mkdir(place, { recursive: true });
  await Deno.writeTextFile(
    join(place, "registry.yaml"),
    [
      `ref: ${ref}`,
      "title: A processor of the tests",
      "image:",
      "  platforms:",
      `    amd64: ${image}`,
      `    arm64: ${image}`,
      "runtime: { cpu: 1, memory_gb: 0.25, timeout_s: 60 }",
      "inputs:",
      "  $schema: http://json-schema.org/draft-07/schema#",
      "  type: object",
      ...lines,
      "",
    ].join("\n"),
  );
  const stateDir = join(dir, ".theory");
  const within = (more: Names = {}) => ({
    cwd: dir,
    env: { ...engine.env, THEORY_REGISTRY: "registry", ...more },
  });
  const filter = `label=theory.state=${stateDir}`;
  const listed = async (...args: readonly string[]) =>
    (await programOutput([...engine.client, ...args, "--filter", filter]))
      .split("\n").filter((line) => line !== "");
  return {
    dir,
    stateDir,
    engine,
    ref,
    command: (args, more) => theory(args, within(more)),
    begin: (args, more) => spawn(args, within(more)),
    left: async () => [
      ...await listed("ps", "--all", "--quiet"),
      ...await listed("network", "ls", "--quiet"),
    ],
    async [Symbol.asyncDispose]() {
      await theory(["localctl", "stop", "--all"], within());
      await Deno.remove(dir, { recursive: true });
    },
  };
}

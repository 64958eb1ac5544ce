import {
  SERVER_ENV,
  SERVER_MODULE,
  serverPermissions,
} from "../../runtime/mod.ts";
import type { JsonObject, ServerConfig } from "../../schemas/mod.ts";

/** A processor's server in a process of its own, as the sandbox engine starts it. */
export interface ServerProcess extends AsyncDisposable {
  readonly url: string;
  readonly runsDir: string;
  readonly objectsDir: string;
  readonly pid: number;
  readonly stdin: WritableStreamDefaultWriter<Uint8Array>;
  readonly status: Promise<Deno.CommandStatus>;
  /** Lines of its log so far. */
  log(): Promise<readonly JsonObject[]>;
}

export type ServerOverrides = Partial<ServerConfig> & {
  /** Handler file below testdata/. */
  readonly handler: string;
  /** Environment of the process, besides what every server gets. */
  readonly env?: Readonly<Record<string, string>>;
};

const TESTDATA = new URL("./testdata/", import.meta.url);

/** Starts a server and waits until it listens. Ends it and removes its folders when disposed. */
export async function startServer(
  { handler, env, ...overrides }: ServerOverrides,
): Promise<ServerProcess> {
  const dir = await Deno.makeTempDir({ prefix: "theory-runtime-" });
  const config = await configFor(new URL(handler, TESTDATA).href, dir);
  return await launch({ ...config, ...overrides }, dir, env ?? {});
}

async function configFor(handler: string, dir: string): Promise<ServerConfig> {
  const [runsDir, objectsDir] = [`${dir}/runs`, `${dir}/objects`];
  await Promise.all([Deno.mkdir(runsDir), Deno.mkdir(objectsDir)]);
  return {
    ref: "test/echo@1",
    entry: testEntry(),
    handlers: { mock: handler, real: handler },
    hostname: "127.0.0.1",
    port: 0,
    runsDir,
    objectsDir,
    logFile: `${dir}/server.log`,
    allowNet: [],
    secrets: [],
    endWithStdin: false,
    digest: "sha256:test",
  };
}

/** An entry that declares `response.txt`, an optional `usage.json` and any file in `frames/`. */
export function testEntry(secrets: readonly string[] = []): JsonObject {
  const output = (path: string, mime: string, required: boolean) => ({
    name: path.split(".")[0]?.replace("/", "") ?? path,
    path,
    mime,
    required,
  });
  return {
    ref: "test/echo@1",
    enabled: true,
    image: { platforms: {} },
    runtime: { cpu: 1, memoryGb: 2, timeoutS: 30, gpu: null },
    secrets: { required: secrets, optional: [] },
    inputs: {},
    outputs: [
      output("response.txt", "text/plain", true),
      output("usage.json", "application/json", false),
      output("frames/", "application/octet-stream", false),
    ],
    api: { protocol: "ws", path: "/run", healthz: "/healthz" },
    network: { allow: [] },
  };
}

async function launch(
  config: ServerConfig,
  dir: string,
  env: Readonly<Record<string, string>>,
): Promise<ServerProcess> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", ...serverPermissions(config).flags, SERVER_MODULE],
    env: { ...env, ...SERVER_ENV, NO_COLOR: "1" },
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const stdin = child.stdin.getWriter();
  await stdin.write(new TextEncoder().encode(`${JSON.stringify(config)}\n`));
  const port = await readyPort(child.stdout);
  return {
    url: `http://127.0.0.1:${port}`,
    runsDir: config.runsDir,
    objectsDir: config.objectsDir ?? "",
    pid: child.pid,
    stdin,
    status: child.status,
    log: () => readLog(config.logFile ?? ""),
    async [Symbol.asyncDispose]() {
      await stdin.close().catch(() => {});
      endProcess(child);
      await child.status;
      await Deno.remove(dir, { recursive: true });
    },
  };
}

function endProcess(child: Deno.ChildProcess): void {
  try {
    child.kill("SIGTERM");
  } catch {
    // It has ended already.
  }
}

async function readyPort(stdout: ReadableStream<Uint8Array>): Promise<number> {
  for await (const chunk of stdout) {
    return JSON.parse(new TextDecoder().decode(chunk)).ready.port;
  }
  throw new Error("Cannot start the server: it ended before it was ready");
}

async function readLog(file: string): Promise<readonly JsonObject[]> {
  const text = await Deno.readTextFile(file);
  return text.split("\n").filter(Boolean).map((line) => JSON.parse(line));
}

/** The names of the cases of a testdata folder: one per `.ts` file. */
export function caseNames(folder: string): readonly string[] {
  const files = Deno.readDirSync(new URL(folder, TESTDATA));
  return [...files].map(({ name }) => name).filter((name) =>
    name.endsWith(".ts")
  )
    .map((name) => name.slice(0, -".ts".length)).sort();
}

/** A testdata file that holds JSON. */
export async function readCase(file: string): Promise<JsonObject> {
  return JSON.parse(await Deno.readTextFile(new URL(file, TESTDATA)));
}

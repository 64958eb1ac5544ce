import type { JsonObject } from "../../schemas/mod.ts";
import { freePort } from "../adapters/free_port.ts";
import { temporary } from "../adapters/temporary.ts";

/** The server of an image, in a process in place of a container. */
export interface ContainerProcess extends AsyncDisposable {
  readonly url: string;
  readonly runsDir: string;
  /** Sends it a signal and answers its exit code. */
  end(signal: Deno.Signal): Promise<number>;
  /** The lines that it printed; whole only once it has ended. */
  readonly log: Promise<readonly JsonObject[]>;
}

export interface ContainerOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Lines of its `registry.yaml`, besides those that make it run. */
  readonly lines?: readonly string[];
}

const MODULE = new URL("../../runtime/container.ts", import.meta.url).pathname;
const ECHO = new URL("./testdata/handlers/echo.ts", import.meta.url);

/** Starts it with the permissions of an image, and waits until it answers or ends. */
export async function startContainer(
  { env = {}, lines = [] }: ContainerOptions = {},
): Promise<ContainerProcess> {
  await using kept = new AsyncDisposableStack();
  const { folder } = kept.use(await temporary());
  const runsDir = `${folder}/runs`;
  await Deno.mkdir(runsDir);
  const port = freePort();
  await Deno.copyFile(ECHO, `${folder}/echo.ts`);
  const entry = [...entryLines(port), ...lines, ""].join("\n");
  await Deno.writeTextFile(`${folder}/registry.yaml`, entry);
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", ...flags(folder), MODULE, folder, runsDir],
    env: { NO_COLOR: "1", ...env },
    stdin: "null",
    stdout: "piped",
  }).spawn();
  const text = new Response(child.stdout).text();
  kept.defer(async () => {
    endIfRunning(child, "SIGKILL");
    await child.status;
    await text;
  });
  const url = `http://127.0.0.1:${port}`;
  await Promise.race([child.status, answering(url)]);
  const all = kept.move();
  return {
    url,
    runsDir,
    end: async (signal) => {
      endIfRunning(child, signal);
      return (await child.status).code;
    },
    log: text.then((all) =>
      all.split("\n").filter(Boolean).map((line) => JSON.parse(line))
    ),
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

function entryLines(port: number): readonly string[] {
  return [
    "ref: test/echo@1",
    "handler: echo.ts",
    "inputs: { type: object }",
    "outputs:",
    "  - { path: response.txt, mime: text/plain }",
    "  - { path: usage.json, mime: application/json }",
    "  - { path: frames/, mime: application/octet-stream }",
    "api: { protocol: ws }",
    `build: { port: ${port} }`,
    "secrets: { required: [KEY_OF_ECHO], optional: [] }",
  ];
}

/** Those of the Dockerfiles, with the folders of a test. */
function flags(folder: string): readonly string[] {
  const code = new URL("../../", import.meta.url).pathname;
  return [
    ...["--no-prompt", "--frozen", "--cached-only"],
    ...["--unstable-worker-options", "--unstable-no-legacy-abort"],
    "--allow-net",
    `--allow-read=${code},${folder}`,
    `--allow-write=${folder}/runs`,
    "--allow-env=THEORY_TOKEN,IMAGE_DIGEST,KEY_OF_ECHO",
  ];
}

async function answering(url: string): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    try {
      return void await (await fetch(`${url}/healthz`)).body?.cancel();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

function endIfRunning(child: Deno.ChildProcess, signal: Deno.Signal): void {
  try {
    child.kill(signal);
  } catch {
    // It has ended already.
  }
}

import { join } from "node:path";
import type { Entry, JsonObject, ServerConfig } from "../../schemas/mod.ts";
import { Failure } from "../../schemas/mod.ts";
import type {
  SandboxEngine,
  SandboxParts,
  SnapshotEntry,
  StartRequest,
  TransportRequest,
} from "../../adapters/mod.ts";
import { sandboxEngine, SERVER_ENVIRONMENT } from "../../adapters/mod.ts";
import {
  SERVER_ENV,
  SERVER_MODULE,
  serverPermissions,
} from "../../runtime/mod.ts";
import config from "../../deno.json" with { type: "json" };
import { entryWith, prefix } from "./entry_fixture.ts";

const HERE = import.meta.dirname ?? ".";

/** A sandbox engine on a temporary state folder, with a copy of the demo processor. */
export interface Sandbox extends AsyncDisposable {
  readonly root: string;
  readonly stateDir: string;
  readonly processor: SnapshotEntry;
  readonly parts: SandboxParts;
  readonly engine: SandboxEngine;
  start(more?: Partial<StartRequest>): ReturnType<SandboxEngine["start"]>;
}

/** The demo processor's entry. */
export function demoEntry(more: Partial<Entry> = {}): Entry {
  return {
    ...entryWith([
      { path: "response.txt", mime: "text/plain", required: true },
      { path: "sub/", required: false },
    ]),
    ref: "demo/hello@1",
    secrets: { required: ["DEMO_KEY"], optional: ["DEMO_OPTION"] },
    handler: { mock: "handler.ts", real: "handler.ts" },
    ...more,
  };
}

/** Makes one; disposing of it stops every instance and removes its folders. */
export async function openSandbox(
  more: Partial<SandboxParts> & { readonly entry?: Partial<Entry> } = {},
): Promise<Sandbox> {
  const root = await Deno.makeTempDir({ prefix: "sandbox-" });
  const dir = join(root, "registry", "demo", "hello", "1");
  const stateDir = join(root, "state");
  await Deno.mkdir(dir, { recursive: true });
  await Deno.copyFile(
    join(HERE, "testdata/sandbox/demo/handler.ts"),
    join(dir, "handler.ts"),
  );
  const { entry, ...changed } = more;
  const parts = { ...partsOf(stateDir), ...changed };
  const engine = sandboxEngine(parts);
  const processor = { entry: demoEntry(entry), dir, shipped: false };
  return {
    root,
    stateDir,
    processor,
    parts,
    engine,
    start: (request = {}) => engine.start(startRequest(processor, request)),
    async [Symbol.asyncDispose]() {
      for (const { instance } of await engine.list()) {
        await engine.stop(instance.ref);
      }
      await Deno.remove(root, { recursive: true });
    },
  };
}

export function partsOf(stateDir: string): SandboxParts {
  const environment = SERVER_ENVIRONMENT.flatMap((name) => {
    const value = Deno.env.get(name);
    return value === undefined ? [] : [[name, value]];
  });
  return {
    stateDir,
    denoCommand: Deno.execPath(),
    serverModule: SERVER_MODULE,
    permissions: serverPermissions,
    environment: { ...SERVER_ENV, ...Object.fromEntries(environment) },
    toolkitImports: {
      base: new URL("../../", import.meta.url).href,
      imports: config.imports,
    },
    now: () => new Date("2026-01-31T12:00:00Z"),
    randomToken: () => crypto.randomUUID().replaceAll("-", ""),
  };
}

/** A request to start a processor, with its required secret. */
export function startRequest(
  processor: SnapshotEntry,
  more: Partial<StartRequest> = {},
): StartRequest {
  return {
    processor,
    port: 0,
    secrets: new Map([["DEMO_KEY", "sk-very-secret"]]),
    allowNet: [],
    waitMs: 30_000,
    signal: new AbortController().signal,
    ...more,
  };
}

/** Whether a process of that id is there (a zombie is not). */
export async function isAlive(pid: number): Promise<boolean> {
  try {
    const stat = await Deno.readTextFile(`/proc/${pid}/stat`);
    return !/\) Z/.test(stat);
  } catch {
    return false;
  }
}

/** Waits until something holds; the test's own time limit ends a wait in vain. */
export async function until(
  condition: () => boolean | Promise<boolean>,
): Promise<void> {
  while (!await condition()) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** A mock run of the demo processor. */
export function requestTo(
  { url, token }: { readonly url: string; readonly token: string },
  params: JsonObject,
): TransportRequest {
  return {
    url: new URL("/run", url).href,
    token,
    executionId: "E1",
    mode: "mock",
    inputs: { schema: "v1", params },
    writePrefix: prefix("/artifacts/outputs/demo_hello/{execution_id}/"),
    timeoutS: 60,
    graceMs: 5000,
  };
}

/** Processes whose arguments name a folder. */
export async function processesOf(root: string): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { name } of Deno.readDir("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const command = await Deno.readTextFile(`/proc/${name}/cmdline`)
      .catch(() => "");
    if (command.includes(root)) found.push(name);
  }
  return found;
}

/** The code of the failure that a promise rejects with. */
export async function codeOf(promise: Promise<unknown>): Promise<string> {
  return (await failureOf(promise)).code;
}

export async function failureOf(promise: Promise<unknown>): Promise<Failure> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error("It did not fail");
}

/** Parts that start another server, from testdata/servers/. */
export function withServer(name: string) {
  return {
    serverModule: new URL(`./testdata/servers/${name}`, import.meta.url).href,
    // Names the state folder in the arguments, so that the process can be found.
    permissions: ({ runsDir }: ServerConfig) => ({
      flags: ["-A", `--location=http://localhost${runsDir}`],
    }),
  };
}

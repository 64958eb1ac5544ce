import { dirname, join } from "node:path";
import type {
  Adapter,
  Engine,
  FileStore,
  Instance,
  InstanceStatus,
} from "../../adapters/mod.ts";
import {
  fileStore,
  localAdapter,
  websocketTransport,
} from "../../adapters/mod.ts";
import type {
  DeclaredOutput,
  Entry,
  Envelope,
  Json,
  JsonObject,
} from "../../schemas/mod.ts";
import { expandWritePrefix } from "../../schemas/mod.ts";
import { entryWith } from "./entry_fixture.ts";
import { temporary } from "./temporary.ts";

/** The output that processors of the tests declare. */
export const TEXT = {
  path: "text/response.txt",
  mime: "text/plain",
  required: true,
};

/** What a processor of the tests does with one request: it may write below a folder, its `/artifacts/`. */
export type Answer = (
  request: JsonObject,
  artifacts: string,
) => JsonObject | Promise<JsonObject>;

/** An instance with a folder that all its runs share, and an adapter that runs on it. */
export interface Shared extends AsyncDisposable {
  readonly store: FileStore;
  readonly runsDir: string;
  readonly notes: readonly string[];
  invoke(options?: SharedRun): Promise<Envelope>;
}

export interface SharedRun {
  readonly params?: Json;
  readonly executionId?: string;
  readonly writePrefix?: string;
  readonly mode?: "mock" | "real";
}

/** A processor over HTTP that answers as it is told to, of an entry with these outputs. */
export async function openShared(
  outputs: readonly Partial<DeclaredOutput>[],
  answer: Answer,
  { hermetic = false } = {},
): Promise<Shared> {
  const place = await temporary();
  const runsDir = join(place.folder, "runs", "demo~echo@1");
  await Deno.mkdir(runsDir, { recursive: true });
  const store = fileStore(join(place.folder, "artifacts"));
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) =>
      request.method === "GET"
        ? Response.json({ ok: true })
        : Response.json(await answer(await request.json(), runsDir)),
  );
  const entry: Entry = {
    ...entryWith(outputs),
    api: { protocol: "http", path: "/run", healthz: "/healthz" },
  };
  const url = `http://127.0.0.1:${server.addr.port}`;
  const notes: string[] = [];
  const adapter = localAdapter({
    engine: engineOf({ url, runsDir, port: server.addr.port, hermetic }),
    ephemeral: () => Promise.reject(new Error("The instance runs")),
    transport: websocketTransport(),
    store,
    objectsDir: store.objectsDir,
    secretValues: [],
    note: (message) => void notes.push(message),
    monotonic: () => performance.now(),
  });
  return {
    store,
    runsDir,
    notes,
    invoke: (run = {}) => invokeOn(adapter, entry, run),
    async [Symbol.asyncDispose]() {
      await server.shutdown();
      await place[Symbol.asyncDispose]();
    },
  };
}

function invokeOn(
  adapter: Adapter,
  entry: Entry,
  { params = {}, executionId = "E1", writePrefix, mode = "mock" }: SharedRun,
): Promise<Envelope> {
  const prefix = expandWritePrefix(
    writePrefix ?? "/artifacts/outputs/demo_echo/{execution_id}/",
    executionId,
  );
  if (!prefix.ok) throw new Error(prefix.problem.message);
  const inputs: unknown = { payload: { schema: "v1", params }, artifacts: [] };
  return adapter.invoke({
    processorRef: entry.ref,
    inputs: inputs as Parameters<Adapter["invoke"]>[0]["inputs"],
    mode,
    writePrefix: prefix.path,
    executionId,
    registrySnapshot: {
      processors: { [entry.ref]: { entry, dir: "/none", shipped: false } },
    },
    adapterOpts: {},
    secretsPresent: [],
  }, { signal: new AbortController().signal, onEvent: () => {} });
}

/** An engine with one container, which runs. */
function engineOf(
  at: Pick<Instance, "url" | "runsDir" | "port" | "hermetic">,
): Engine {
  const instance: Instance = {
    ...at,
    ref: "demo/echo@1",
    engine: "docker",
    token: "",
    startedAt: "2026-01-01T00:00:00Z",
    digest: "sha256:test",
    secrets: [],
    layout: "shared",
    alreadyRunning: true,
  };
  const status: InstanceStatus = { instance, state: "running" };
  return {
    name: "docker",
    digest: () => Promise.resolve(instance.digest),
    start: () => Promise.resolve(instance),
    recorded: () => Promise.resolve(instance),
    find: () => Promise.resolve(status),
    list: () => Promise.resolve([status]),
    stop: () => Promise.resolve(true),
    async *logs() {},
  };
}

/** Writes a file of a run by its world path. */
export async function writeWorld(
  artifacts: string,
  [path, text]: readonly [string, string],
): Promise<void> {
  const place = join(artifacts, path.slice("/artifacts/".length));
  await Deno.mkdir(dirname(place), { recursive: true });
  await Deno.writeTextFile(place, text);
}

/** Every file below a folder, relative, with the folders that are empty. */
export async function leavesOf(
  dir: string,
  prefix = "",
): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(join(dir, prefix))) {
    const path = join(prefix, name);
    const inner = isDirectory ? await leavesOf(dir, path) : [];
    found.push(...(inner.length > 0 ? inner : [path]));
  }
  return found.sort();
}

/** What an original answers: each output by a path alone. */
export function said(
  request: JsonObject,
  paths: readonly string[],
): JsonObject {
  const outputs = paths.map((path) => ({ path }));
  const { execution_id, write_prefix } = request;
  const index_path = `${write_prefix}outputs.json`;
  return {
    status: "success",
    execution_id: execution_id ?? null,
    outputs,
    index_path,
  };
}

/** What an envelope came to. */
export function codeOf(envelope: Envelope): string {
  return envelope.status === "error" ? envelope.error.code : "success";
}

/** As the HTTP generations do: below `outputs/`, with books beside it. */
export const ORIGINAL: Answer = async (request, artifacts) => {
  const { write_prefix: prefix, execution_id: id } = request;
  const path = `${prefix}outputs/text/response.txt`;
  await writeWorld(artifacts, [path, "Mock response: hi"]);
  for (const book of ["outputs.json", "receipt.json", "determinism.json"]) {
    await writeWorld(artifacts, [`${prefix}${book}`, "{}"]);
  }
  const receipt = `/artifacts/execution/${id}/determinism.json`;
  await writeWorld(artifacts, [receipt, "{}"]);
  return said(request, [path]);
};

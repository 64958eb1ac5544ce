import { join } from "node:path";
import type { Envelope, JsonObject, RunEvent } from "../../schemas/mod.ts";
import { expandWritePrefix } from "../../schemas/mod.ts";
import type {
  Adapter,
  ArtifactStore,
  AttachedInputs,
  Invocation,
  InvokeHooks,
  LocalParts,
  SandboxParts,
} from "../../adapters/mod.ts";
import {
  fileStore,
  localAdapter,
  websocketTransport,
} from "../../adapters/mod.ts";
import type { Sandbox } from "./sandbox_fixture.ts";
import { openSandbox } from "./sandbox_fixture.ts";

/** A local adapter on a sandbox of its own, with a file store. */
export interface Local extends AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly store: ArtifactStore;
  readonly adapter: Adapter;
  /** What the user was told. */
  readonly notes: string[];
  readonly events: RunEvent[];
  invoke(
    params: JsonObject,
    more?: Partial<Invocation>,
    hooks?: Partial<InvokeHooks>,
  ): Promise<Envelope>;
}

/** Opens one; `more` changes parts of the adapter. */
export async function openLocal(
  more: Partial<LocalParts> & { readonly sandbox?: Partial<SandboxParts> } = {},
): Promise<Local> {
  const { sandbox: changed, ...parts } = more;
  const sandbox = await openSandbox(changed);
  const store = fileStore(join(sandbox.stateDir, "artifacts"));
  const notes: string[] = [];
  const events: RunEvent[] = [];
  const adapter = localAdapter({
    engine: sandbox.engine,
    ephemeral: sandbox.engine.ephemeral,
    transport: websocketTransport(),
    store,
    secretValues: ["sk-very-secret"],
    note: (message) => void notes.push(message),
    monotonic: () => performance.now(),
    ...parts,
  });
  return {
    sandbox,
    store,
    adapter,
    notes,
    events,
    invoke: (params, more = {}, hooks = {}) =>
      adapter.invoke(invocationOf(sandbox, params, more), {
        signal: new AbortController().signal,
        onEvent: (event) => void events.push(event),
        ...hooks,
      }),
    [Symbol.asyncDispose]: () => sandbox[Symbol.asyncDispose](),
  };
}

function invocationOf(
  { processor }: Sandbox,
  params: JsonObject,
  more: Partial<Invocation>,
): Invocation {
  const { ref } = processor.entry;
  const template = "/artifacts/outputs/demo_hello/{execution_id}/";
  const executionId = more.executionId ?? "E1";
  const prefix = expandWritePrefix(template, executionId);
  if (!prefix.ok) throw new Error(prefix.problem.message);
  return {
    processorRef: ref,
    inputs: inputsOf(params),
    mode: "mock",
    writePrefix: prefix.path,
    executionId,
    registrySnapshot: { processors: { [ref]: processor } },
    adapterOpts: {},
    secretsPresent: [],
    ...more,
  };
}

/** Inputs without attachments, as `attach` answers them. */
function inputsOf(params: JsonObject): AttachedInputs {
  const payload = { schema: "v1", params };
  return { payload, artifacts: [] } as unknown as AttachedInputs;
}

/** The text of an output in the store. */
export async function textOf(
  { store }: Local,
  envelope: Envelope,
  path: string,
): Promise<string> {
  if (envelope.status === "error") throw new Error(envelope.error.message);
  const output = envelope.outputs.find((each) => each.path.endsWith(path));
  const bytes = output === undefined ? undefined : await store.open(output.cid);
  return await new Response(bytes ?? null).text();
}

/** Every file and folder below a folder, relative, in order. */
export async function treeOf(
  dir: string,
  prefix = "",
): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(join(dir, prefix))) {
    const path = join(prefix, name);
    found.push(path);
    if (isDirectory) found.push(...await treeOf(dir, path));
  }
  return found.sort();
}

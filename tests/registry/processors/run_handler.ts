import {
  attachmentPath,
  type Cid,
  cidOf,
  type Json,
  type JsonObject,
  mimeOf,
  rewriteAttachments,
} from "../../../schemas/mod.ts";

/** What a handler is run with. */
export interface HandlerRequest {
  readonly ref: string;
  readonly executionId: string;
  readonly mode: "mock" | "real";
  readonly params: JsonObject;
  readonly secrets: Readonly<Record<string, string>>;
  readonly attachments: readonly {
    readonly name: string;
    readonly path: string;
    readonly cid: Cid;
    readonly mime: string;
    readonly content: Uint8Array;
  }[];
}

/** What a handler does while it runs; `done` and `failed` are the last. */
export type HandlerMessage =
  | { readonly kind: "token"; readonly text: string }
  | { readonly kind: "event"; readonly phase: string }
  | { readonly kind: "log"; readonly msg: string }
  | {
    readonly kind: "output";
    readonly path: string;
    readonly bytes: Uint8Array;
  }
  | { readonly kind: "done" }
  | {
    readonly kind: "failed";
    readonly code: string;
    readonly message: string;
    readonly details?: Json;
  };

/** What came of a run. */
export interface HandlerResult {
  readonly error?: {
    readonly code: string;
    readonly message: string;
    readonly details?: Json;
  };
  readonly outputs: ReadonlyMap<string, Uint8Array>;
  readonly tokens: readonly string[];
  readonly phases: readonly string[];
  readonly logs: readonly string[];
}

/** A run as a test describes it. */
export interface Given {
  readonly ref: string;
  readonly mode: "mock" | "real";
  /** With `$attach` objects. */
  readonly params: JsonObject;
  /** File name → content; the names are those that `$attach` says. */
  readonly files?: Readonly<Record<string, Uint8Array>>;
  readonly secrets?: Readonly<Record<string, string>>;
  /** The only hosts that the Worker may reach. */
  readonly net?: readonly string[];
  /** Called for everything that the handler does; `abort` cancels the run. */
  readonly onMessage?: (message: HandlerMessage, abort: () => void) => void;
}

/** Runs a shipped handler in a Worker that has the permissions of its mode and no others. */
export async function runHandler(given: Given): Promise<HandlerResult> {
  const request = await requestOf(given);
  const names = Object.keys(request.secrets);
  const worker = new Worker(moduleUrl(given), {
    type: "module",
    deno: {
      permissions: given.mode === "mock" ? "none" : {
        net: [...given.net ?? []],
        env: names,
        read: false,
        write: false,
        run: false,
        ffi: false,
        sys: false,
        import: false,
      },
    },
  });
  try {
    return await converse(worker, request, given.onMessage ?? (() => {}));
  } finally {
    worker.terminate();
  }
}

async function requestOf(given: Given): Promise<HandlerRequest> {
  const attachments = await Promise.all(
    Object.entries(given.files ?? {}).map(async ([name, content]) => {
      const cid = await cidOf(content);
      const path = attachmentPath(cid, name);
      return { name, path, cid, mime: mimeOf(name), content };
    }),
  );
  const params = rewriteAttachments(given.params, (name) => {
    const file = attachments.find((each) => each.name === name);
    return file && { $artifact: file.path, cid: file.cid, mime: file.mime };
  });
  return {
    ref: given.ref,
    executionId: "00000000-0000-4000-8000-000000000000",
    mode: given.mode,
    params: params as JsonObject,
    secrets: given.secrets ?? {},
    attachments,
  };
}

/** A module that imports the handler statically, so that the Worker needs no permission to read it. */
function moduleUrl({ ref, mode }: Given): string {
  const path = ref.replace("@", "/");
  const handler = new URL(
    `../../../registry/${path}/${mode}.ts`,
    import.meta.url,
  );
  const harness = new URL("./handler_worker.ts", import.meta.url);
  const code = `import { handle } from "${handler}";
import { serve } from "${harness}";
serve(handle);`;
  return `data:application/javascript,${encodeURIComponent(code)}`;
}

function converse(
  worker: Worker,
  request: HandlerRequest,
  onMessage: NonNullable<Given["onMessage"]>,
): Promise<HandlerResult> {
  const seen: HandlerMessage[] = [];
  return new Promise((resolve, reject) => {
    worker.onerror = (event) => {
      event.preventDefault();
      reject(new Error(event.message));
    };
    worker.onmessage = ({ data }: MessageEvent<HandlerMessage>) => {
      seen.push(data);
      onMessage(data, () => worker.postMessage("abort"));
      if (data.kind === "done" || data.kind === "failed") resolve(result(seen));
    };
    worker.postMessage(request);
  });
}

function result(seen: readonly HandlerMessage[]): HandlerResult {
  const last = seen.at(-1);
  const { kind: _, ...error } = last?.kind === "failed"
    ? last
    : { kind: "", code: "", message: "" };
  return {
    ...last?.kind === "failed" && { error },
    outputs: new Map(
      seen.flatMap((each) =>
        each.kind === "output" ? [[each.path, each.bytes] as const] : []
      ),
    ),
    tokens: seen.flatMap((each) => each.kind === "token" ? [each.text] : []),
    phases: seen.flatMap((each) => each.kind === "event" ? [each.phase] : []),
    logs: seen.flatMap((each) => each.kind === "log" ? [each.msg] : []),
  };
}

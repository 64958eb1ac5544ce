import type { PublishDiagnosticsParams } from "vscode-languageserver";
import { clearImmediate, setImmediate } from "node:timers";
import type { AsidePort, Host } from "../../../lsp/mod.ts";
import { portTransport, serve } from "../../../lsp/mod.ts";
import type { ServeOptions } from "../../../lsp/server/serve.ts";

/** A client in the same process: messages as values, so that thousands of them take no time. */
export interface DirectClient {
  readonly notify: (method: string, params: unknown) => void;
  readonly request: (method: string, params: unknown) => Promise<unknown>;
  /** The last that was published about each document. */
  readonly shown: ReadonlyMap<string, PublishDiagnosticsParams>;
  /** All that was published, oldest first. */
  readonly published: readonly PublishDiagnosticsParams[];
  readonly stop: () => Promise<number>;
}

export async function directClient(
  host: Host,
  capabilities: object = {},
  options: ServeOptions = {},
): Promise<DirectClient> {
  const { port1: near, port2: far } = new MessageChannel();
  const served = serve(
    portTransport(far, soon),
    host,
    options,
  );
  const shown = new Map<string, PublishDiagnosticsParams>();
  const published: PublishDiagnosticsParams[] = [];
  const pending = new Map<number, (answer: Answer) => void>();
  let ids = 0;
  near.onmessage = ({ data }: MessageEvent<Answer>) => {
    if (data.method === "textDocument/publishDiagnostics" && data.params) {
      shown.set(data.params.uri, data.params);
      published.push(data.params);
    }
    pending.get(data.id ?? -1)?.(data);
    pending.delete(data.id ?? -1);
  };
  const notify = (method: string, params: unknown) =>
    near.postMessage({ jsonrpc: "2.0", method, params });
  const request = (method: string, params: unknown) => {
    const id = ++ids;
    near.postMessage({ jsonrpc: "2.0", id, method, params });
    return new Promise<unknown>((resolve, reject) =>
      pending.set(
        id,
        ({ error, result }) =>
          error === undefined
            ? resolve(result)
            : reject(new Error(error.message)),
      )
    );
  };
  await request("initialize", { capabilities });
  const stop = async () => {
    await request("shutdown", null);
    notify("exit", null);
    const code = await served;
    near.close();
    return code;
  };
  return { notify, request, shown, published, stop };
}

/** Servers as Workers are, in the same process, of which at most one is there at a time. */
export interface ServersAside {
  readonly start: () => AsidePort;
  /** All that they told the first server. */
  readonly told: readonly Answer[];
  /** Breaks the one that is there. */
  readonly fail: () => void;
}

export function serversAside(host: Host): ServersAside {
  const told: Answer[] = [];
  let fail = () => {};
  const start = () => {
    const { port1: near, port2: far } = new MessageChannel();
    const terminate = () => [near, far].forEach((each) => each.close());
    serve(portTransport(far, soon), host).then(terminate);
    const port: AsidePort = {
      onmessage: null,
      onerror: null,
      postMessage: (message) => near.postMessage(message),
      terminate,
    };
    near.onmessage = (event: MessageEvent<Answer>) => {
      told.push(event.data);
      port.onmessage?.(event);
    };
    fail = () =>
      port.onerror?.(new ErrorEvent("error", { message: "no memory" }));
    return port;
  };
  return { start, told, fail: () => fail() };
}

function soon(callback: () => void): () => void {
  const waiting = setImmediate(callback);
  return () => clearImmediate(waiting);
}

interface Answer {
  readonly id?: number;
  readonly method?: string;
  readonly params?: PublishDiagnosticsParams;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

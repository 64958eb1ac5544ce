import type { Transport } from "@codemirror/lsp-client";
import { say } from "./say.ts";
import type { Answer, Backstage, Call, Opening } from "../backstage.ts";

/** The Worker, as the page asks it: each call answers later. */
export type Asking = {
  readonly [Name in keyof Backstage]: (
    ...args: Parameters<Backstage[Name]>
  ) => Promise<ReturnType<Backstage[Name]>>;
};

/** The language server in a Worker. */
export interface Server {
  readonly transport: Transport;
  readonly backstage: Asking;
}

/**
 * Starts the server from its source, which came with the page, so that nothing is fetched. As data it belongs to no
 * site; as a blob it would take its address for one, which it is not.
 */
export function startServer(source: string): Server {
  const worker = new Worker(
    `data:text/javascript,${encodeURIComponent(source)}`,
  );
  worker.onerror = ({ message }) =>
    say(`The language server has ended: ${message}`);
  const { port1, port2 } = new MessageChannel();
  const opening: Opening = { port: port2 };
  worker.postMessage(opening, [port2]);
  return { transport: transportOver(port1), backstage: backstageOf(worker) };
}

function transportOver(port: MessagePort): Transport {
  const handlers = new Set<(message: string) => void>();
  port.onmessage = ({ data }) => {
    const message = JSON.stringify(data);
    for (const each of handlers) each(message);
  };
  return {
    send: (message) => port.postMessage(honest(JSON.parse(message))),
    subscribe: (handler) => void handlers.add(handler),
    unsubscribe: (handler) => void handlers.delete(handler),
  };
}

/** The library says that it asks for findings, but takes only those that are told to it. */
function honest(
  message: {
    readonly params?: { readonly capabilities?: { textDocument?: object } };
  },
): unknown {
  const said = message.params?.capabilities?.textDocument;
  if (said !== undefined && "diagnostic" in said) delete said.diagnostic;
  return message;
}

const NAMES: readonly (keyof Backstage)[] = [
  "processors",
  "put",
  "remove",
  "example",
  "converted",
  "explained",
];

function backstageOf(worker: Worker): Asking {
  const pending = new Map<number, PromiseWithResolvers<unknown>>();
  let calls = 0;
  worker.onmessage = ({ data }: MessageEvent<Answer>) => {
    const call = pending.get(data.id);
    pending.delete(data.id);
    if ("error" in data) call?.reject(new Error(data.error));
    else call?.resolve(data.result);
  };
  const ask = (name: keyof Backstage) => (argument?: unknown) => {
    const call = Promise.withResolvers<unknown>();
    const message: Call = { id: ++calls, name, argument };
    pending.set(message.id, call);
    worker.postMessage(message);
    return call.promise;
  };
  const all = NAMES.map((name) => [name, ask(name)] as const);
  return Object.fromEntries(all) as unknown as Asking;
}

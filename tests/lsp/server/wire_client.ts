import type {
  InitializeParams,
  InitializeResult,
  PublishDiagnosticsParams,
} from "vscode-languageserver";
import { framed } from "./framed.ts";
import { messagesOf } from "./message_stream.ts";

/** An error that the server answered. */
export class WireError extends Error {
  constructor(readonly code: number, message: string) {
    super(message);
  }
}

/** How a server is started. */
export interface WireOptions {
  /** The whole command; default is {@linkcode SERVER}, with the permission to read the toolkit and the working folder. */
  readonly command?: readonly string[];
  /** Working folder of the server. */
  readonly cwd?: string;
  readonly capabilities?: unknown;
  /** More for `initialize`, and other than the default. */
  readonly initialize?: Partial<InitializeParams>;
}

/** Root of the repository. */
export const TOOLKIT = new URL("../../../", import.meta.url).pathname
  .replace(/\/$/, "");

/** Folder of the release that the tests are about; the source without it. */
const RELEASE = Deno.env.get("LSP_RELEASE");

/** Folder of the program that is tested. */
export const HOME = RELEASE ?? TOOLKIT;

/** The server as its documentation starts it. */
export const SERVER: readonly string[] = serverWith([
  "--no-prompt",
  `--allow-read=${HOME},.`,
]);

/** The server with other flags of Deno. */
export function serverWith(flags: readonly string[]): readonly string[] {
  const program = RELEASE === undefined
    ? [`${TOOLKIT}/main.ts`, "lsp"]
    : [`${RELEASE}/lsp.js`];
  return [Deno.execPath(), "run", ...flags, ...program];
}

/** Starts a server and says `initialize` and `initialized`. */
export async function startedClient(
  options: WireOptions = {},
): Promise<WireClient> {
  const client = new WireClient(options);
  await client.initialize(options);
  return client;
}

/** An editor that can do next to nothing, at the other end of a real server. */
export class WireClient implements AsyncDisposable {
  readonly process: Deno.ChildProcess;
  /** What the server was started with; `pid` is of this process. */
  capabilities: InitializeResult["capabilities"] = {};
  /** Every publication so far, oldest first. */
  readonly published: PublishDiagnosticsParams[] = [];
  /** Every notification and request of the server so far. */
  readonly received: { readonly method: string; readonly params: unknown }[] =
    [];
  /** What is answered to requests of the server; null to those that are not here. */
  readonly answers = new Map<string, (params: never) => unknown>();
  readonly stderr: Promise<string>;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;
  readonly #pending = new Map<number, PromiseWithResolvers<unknown>>();
  readonly #reading: Promise<void>;
  readonly #waiting: (() => void)[] = [];
  #ids = 0;

  constructor({ command = SERVER, cwd = TOOLKIT }: WireOptions = {}) {
    const [program = "", ...args] = command;
    this.process = new Deno.Command(program, {
      args,
      cwd,
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    this.#writer = this.process.stdin.getWriter();
    this.stderr = new Response(this.process.stderr).text();
    this.#reading = this.#read();
  }

  async initialize(
    { cwd = TOOLKIT, capabilities = {}, initialize }: WireOptions = {},
  ): Promise<InitializeResult> {
    const rootUri = `file://${cwd}`;
    const result = await this.request<InitializeResult>("initialize", {
      processId: Deno.pid,
      rootUri,
      capabilities,
      ...initialize,
    });
    this.capabilities = result.capabilities;
    this.notify("initialized", {});
    return result;
  }

  /** Sends bytes as they are. */
  raw(bytes: Uint8Array | string): Promise<void> {
    const all = typeof bytes === "string"
      ? new TextEncoder().encode(bytes)
      : bytes;
    return this.#writer.write(all).catch(() => {});
  }

  notify(method: string, params?: unknown): void {
    this.raw(framed({ method, params }));
  }

  /** The result; throws a {@linkcode WireError}. */
  request<R>(method: string, params?: unknown): Promise<R> {
    return this.begin<R>(method, params).result;
  }

  /** A request that can be cancelled by its id. */
  begin<R>(
    method: string,
    params?: unknown,
  ): { readonly id: number; readonly result: Promise<R> } {
    const id = ++this.#ids;
    const pending = Promise.withResolvers<unknown>();
    this.#pending.set(id, pending);
    this.raw(framed({ id, method, params }));
    return { id, result: pending.promise as Promise<R> };
  }

  open(uri: string, text: string, languageId = languageIdOf(uri)): void {
    const textDocument = { uri, languageId, version: 1, text };
    this.notify("textDocument/didOpen", { textDocument });
  }

  /** Replaces the text as a whole, or where `contentChanges` says. */
  change(
    uri: string,
    version: number,
    change: string | readonly unknown[],
  ): void {
    const contentChanges = typeof change === "string"
      ? [{ text: change }]
      : change;
    this.notify("textDocument/didChange", {
      textDocument: { uri, version },
      contentChanges,
    });
  }

  /** Waits until findings are published about a version of a document; about any when none is given. */
  async findings(
    uri: string,
    version?: number,
  ): Promise<PublishDiagnosticsParams> {
    const isIt = (each: PublishDiagnosticsParams) =>
      each.uri === uri && (version === undefined || each.version === version);
    for (;;) {
      const found = this.published.findLast(isIt);
      if (found !== undefined) return found;
      await this.another();
    }
  }

  /** Waits for the next message of the server, at most half a minute: then a `TimeoutError`. */
  another(): Promise<void> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(
        () =>
          reject(new DOMException("The server says nothing", "TimeoutError")),
        30_000,
      );
      this.#waiting.push(() => {
        clearTimeout(late);
        resolve();
      });
    });
  }

  /** Asks for `shutdown` and `exit`; answers the exit code. */
  async stop(): Promise<number> {
    await this.request("shutdown");
    this.notify("exit");
    return await this.ended();
  }

  /** The exit code, once the server ended. */
  async ended(): Promise<number> {
    const { code } = await this.process.status;
    await this.#reading;
    return code;
  }

  /** Ends the server's input, as an editor does that is killed. */
  hangUp(): Promise<void> {
    return this.#writer.close().catch(() => {});
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.hangUp();
    const kill = setTimeout(() => this.process.kill("SIGKILL"), 5_000);
    await this.process.status;
    clearTimeout(kill);
    await this.#reading;
    await this.stderr;
  }

  async #read(): Promise<void> {
    for await (const message of messagesOf(this.process.stdout)) {
      this.#take(message as Incoming);
      for (const each of this.#waiting.splice(0)) each();
    }
    for (const each of this.#pending.values()) {
      each.promise.catch(() => {});
      each.reject(new Error("The server ended"));
    }
  }

  #take({ id, method, params, result, error }: Incoming): void {
    if (method === undefined) {
      const pending = this.#pending.get(Number(id));
      this.#pending.delete(Number(id));
      if (error === undefined) pending?.resolve(result);
      else pending?.reject(new WireError(error.code, error.message));
      return;
    }
    this.received.push({ method, params });
    if (method === "textDocument/publishDiagnostics") {
      this.published.push(params as PublishDiagnosticsParams);
    }
    if (id === undefined) return;
    const answer = this.answers.get(method)?.(params as never) ?? null;
    this.raw(framed({ id, result: answer }));
  }
}

interface Incoming {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

function languageIdOf(uri: string): string {
  if (/\.ya?ml$/.test(uri)) return "yaml";
  return uri.endsWith(".jsonc") ? "jsonc" : "json";
}

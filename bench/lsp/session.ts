import { WireClient } from "../../tests/lsp/server/wire_client.ts";
import { framed } from "../../tests/lsp/server/framed.ts";
import { median } from "../measure.ts";
import type { BenchDocument, Language } from "./document.ts";
import type { Server } from "./servers.ts";

/** Edits that are each waited for: of a document that takes long, and of others. */
const EDITS = { few: 5, many: 25 };
/** Edits without a pause. */
const BURST = 50;
/** Milliseconds in which nothing is said any more when a server is done; beyond its debounce. */
const QUIET = 300;

/** What was found in one session with a server. Times in milliseconds. */
export interface Found {
  /** From the start of the process to the first findings about the document. */
  readonly first: number;
  /** Bytes of memory afterwards, at rest; 0 where `/proc` does not tell. */
  readonly memory: number;
  /** From an edit to the next findings, the median of several. */
  readonly edit: number;
  /** From the first of 50 edits to the last findings. */
  readonly burst: number;
  /** How often findings were published in that time. */
  readonly publishes: number;
}

/** The JSON Schema that documents are checked by. */
export interface Schema {
  readonly file: string;
  readonly text: string;
}

export interface Task {
  readonly server: Server;
  readonly language: Language;
  readonly document: BenchDocument;
  readonly cwd: string;
  readonly schema: Schema;
}

/** Starts a server, opens a document and edits it. */
export async function session(task: Task): Promise<Found> {
  const opening = openingOf(task);
  const begun = performance.now();
  await using client = await started(task);
  await client.raw(opening);
  await published(client, 1);
  const first = performance.now() - begun;
  await quiet(client, task.server);
  const memory = memoryOf(client.process.pid);
  const typing = new Typing(client, task);
  const edits: number[] = [];
  const count = task.document.text.length < 1e5 ? EDITS.many : EDITS.few;
  for (let i = 0; i < count; i++) {
    const before = client.published.length;
    const at = performance.now();
    typing.stroke();
    await published(client, before + 1);
    edits.push(performance.now() - at);
    await pause(20);
  }
  await quiet(client, task.server);
  return { first, memory, edit: median(edits), ...await burst(typing, task) };
}

/** From the question to the answer to `shutdown`, asked as soon as a document has arrived, while it is checked. */
export async function shutdownTime(task: Task): Promise<number> {
  const opening = openingOf(task);
  await using client = await started(task);
  await client.raw(opening);
  await client.request("none").catch(() => {});
  const at = performance.now();
  await client.request("shutdown");
  const time = performance.now() - at;
  client.notify("exit");
  await client.ended();
  return time;
}

/** From the end of an editor, which says nothing any more, to that of the server, while it checks a document. */
export async function goneTime(task: Task): Promise<number> {
  const opening = openingOf(task);
  await using client = await started(task);
  await client.raw(opening);
  const at = performance.now();
  await client.hangUp();
  await client.ended();
  return performance.now() - at;
}

async function started({ server, cwd, schema }: Task): Promise<WireClient> {
  const client = new WireClient({ command: server.command, cwd });
  await client.initialize({ cwd });
  const settings = server.settings?.(schema.text);
  if (settings !== undefined) {
    client.notify("workspace/didChangeConfiguration", { settings });
  }
  return client;
}

function uriOf({ cwd, language }: Task): string {
  return `file://${cwd}/inputs.${language}`;
}

/** Made ready beforehand, so that making it is not measured. */
function openingOf(task: Task): Uint8Array {
  const { document: { text }, language } = task;
  const textDocument = {
    uri: uriOf(task),
    languageId: language,
    version: 1,
    text,
  };
  const method = "textDocument/didOpen";
  return new TextEncoder().encode(framed({ method, params: { textDocument } }));
}

/** Types one character after the other. */
class Typing {
  readonly client: WireClient;
  readonly #uri: string;
  readonly #at: BenchDocument["typing"];
  #version = 1;

  constructor(client: WireClient, task: Task) {
    this.client = client;
    this.#uri = uriOf(task);
    this.#at = task.document.typing;
  }

  stroke(): void {
    const range = { start: this.#at, end: this.#at };
    this.client.change(this.#uri, ++this.#version, [{ range, text: "a" }]);
  }
}

async function burst(
  typing: Typing,
  { server }: Task,
): Promise<Pick<Found, "burst" | "publishes">> {
  const { client } = typing;
  const before = client.published.length;
  const at = performance.now();
  for (let i = 0; i < BURST; i++) typing.stroke();
  await published(client, before + 1);
  let last = performance.now();
  for (let seen = client.published.length;;) {
    await pause(1);
    const now = performance.now();
    if (client.published.length > seen) last = now;
    else if (now - last > quietOf(server, last - at)) break;
    seen = client.published.length;
  }
  return { burst: last - at, publishes: client.published.length - before };
}

/** Waits until findings were published `count` times, and something was found. */
async function published(client: WireClient, count: number): Promise<void> {
  const { published } = client;
  const isIt = () =>
    published.length >= count &&
    (published.at(-1)?.diagnostics.length ?? 0) > 0;
  while (!isIt()) await client.another();
}

/** Waits until a server says nothing any more. */
async function quiet(client: WireClient, server: Server): Promise<void> {
  let last = performance.now();
  for (let seen = client.received.length;;) {
    await pause(20);
    const now = performance.now();
    if (client.received.length > seen) last = now;
    else if (now - last > quietOf(server, 0)) return;
    seen = client.received.length;
  }
}

/** Whoever took long may take as long again. */
function quietOf({ debounce }: Server, took: number): number {
  return QUIET + debounce + took;
}

function memoryOf(pid: number): number {
  try {
    const status = Deno.readTextFileSync(`/proc/${pid}/status`);
    return Number(/^VmRSS:\s*(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return 0;
    throw error;
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

import type { JsonObject } from "../../../schemas/mod.ts";
import { isObject } from "../../../schemas/mod.ts";
import type { Original } from "./original.ts";
import { healthz } from "./original.ts";
import { doTask } from "./task.ts";

/** Generations of protocols.md 2: the older one has no stream, and answers errors with status 200. */
export type HttpGeneration = "G2a" | "G2b";

/** A run of a body: `progress` is told at its begin, `tick` for its tokens as the older scaffold did. */
type Run = (body: JsonObject, signal: AbortSignal) => Promise<JsonObject>;

/** Starts a fake processor of a generation on a free port of 127.0.0.1. */
export function originalHttp(generation: HttpGeneration): Original {
  const taken: JsonObject[] = [];
  const preempted = Promise.withResolvers<void>();
  const closing = new AbortController();
  const run: Run = async (body, gone) => {
    taken.push(body);
    gone.addEventListener("abort", () => preempted.resolve());
    const signal = AbortSignal.any([gone, closing.signal]);
    const { inputs } = body;
    const result = await doTask(inputs, { token: () => {}, preempted: signal });
    return { ...envelopeOf(body), ...result };
  };
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      const { pathname } = new URL(request.url);
      if (pathname === "/healthz") return healthz();
      // What its framework answers to a WebSocket where there is none, and to other methods.
      if (request.headers.has("upgrade")) {
        return new Response("", { status: 403 });
      }
      if (request.method !== "POST") return new Response("", { status: 405 });
      if (pathname === "/run") return await answer(request, generation, run);
      if (pathname === "/run-stream" && generation === "G2b") {
        return await stream(request, run);
      }
      return Response.json({ detail: "Not Found" }, { status: 404 });
    },
  );
  return {
    url: `http://127.0.0.1:${server.addr.port}`,
    taken,
    refused: [],
    preempted: preempted.promise,
    async [Symbol.asyncDispose]() {
      closing.abort();
      await server.shutdown();
    },
  };
}

/** Paths only, and an index that is never looked at: protocols.md 2.4. */
function envelopeOf({ execution_id, write_prefix }: JsonObject): JsonObject {
  const path = `${write_prefix}outputs/text/response.txt`;
  return {
    execution_id: execution_id ?? "",
    outputs: [{ path }],
    index_path: `${write_prefix}outputs.json`,
    meta: { env_fingerprint: "cpu:1;memory:2Gi", image_digest: "sha256:2" },
  };
}

function inputsError(execution_id: string, message: string): JsonObject {
  const error = { code: "ERR_INPUTS", message };
  return { status: "error", execution_id, error, meta: {} };
}

/** The body of a request, or what is wrong with it and the status for that. */
async function bodyOf(
  request: Request,
): Promise<JsonObject | { readonly wrong: Response }> {
  const type = request.headers.get("content-type")?.split(";")[0];
  if (type?.toLowerCase() !== "application/json") {
    const wrong = "Content-Type must be application/json";
    return { wrong: Response.json(inputsError("", wrong), { status: 415 }) };
  }
  const body: unknown = await request.json();
  if (isObject(body) && typeof body["execution_id"] === "string") return body;
  const wrong = inputsError("", "missing execution_id");
  return { wrong: Response.json(wrong, { status: 400 }) };
}

async function answer(
  request: Request,
  generation: HttpGeneration,
  run: Run,
): Promise<Response> {
  const body = await bodyOf(request);
  if (body["wrong"] instanceof Response) return body["wrong"];
  const envelope = await run(body as JsonObject, request.signal);
  const failed = envelope["status"] === "error" && generation === "G2b";
  return Response.json(envelope, { status: failed ? 500 : 200 });
}

/** One `progress`, then `done` with the envelope; JSON with Python's spaces, status 200 also for errors. */
async function stream(request: Request, run: Run): Promise<Response> {
  const body = await bodyOf(request);
  if (body["wrong"] instanceof Response) return body["wrong"];
  const gone = new AbortController();
  const source = new ReadableStream<Uint8Array>({
    async start(controller) {
      const send = (event: string, data: string) => {
        const text = `event: ${event}\ndata: ${data}\n\n`;
        if (!gone.signal.aborted) {
          controller.enqueue(new TextEncoder().encode(text));
        }
      };
      const { execution_id } = body as JsonObject;
      const id = JSON.stringify(execution_id);
      send("progress", `{"execution_id": ${id}, "status": "processing"}`);
      const envelope = await run(body as JsonObject, gone.signal);
      send("done", JSON.stringify(envelope, null, " ").replaceAll("\n", ""));
      if (!gone.signal.aborted) controller.close();
    },
    cancel: () => gone.abort(),
  });
  const type = "text/event-stream; charset=utf-8";
  return new Response(source, { headers: { "content-type": type } });
}

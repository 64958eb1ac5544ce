import { join } from "node:path";
import { temporary } from "../temporary.ts";

/** An engine on a socket that has images `…:mine` and no others, and breaks off in the middle of whatever else it is asked for. */
export interface BrokenEngine extends AsyncDisposable {
  readonly path: string;
}

export async function brokenEngine(): Promise<BrokenEngine> {
  const temp = await temporary();
  const path = join(temp.folder, "engine.sock");
  const ended = new AbortController();
  const { signal } = ended;
  const server = Deno.serve(
    { path, signal, onListen: () => {} },
    ({ url }) => answerTo(new URL(url).pathname),
  );
  return {
    path,
    async [Symbol.asyncDispose]() {
      ended.abort();
      await server.finished;
      await temp[Symbol.asyncDispose]();
    },
  };
}

function answerTo(asked: string): Response {
  if (asked === "/_ping") return new Response("OK");
  if (asked === "/version") return Response.json({ ApiVersion: "1.41" });
  if (asked.endsWith(":mine/json")) return Response.json({ Id: "sha256:1" });
  return /^\/images\/.*\/json$/.test(asked)
    ? Response.json({ message: "no such image" }, { status: 404 })
    : new Response(brokenStream());
}

function brokenStream(): ReadableStream<Uint8Array> {
  const line = new TextEncoder().encode('{"status":"Waiting"}\n');
  return new ReadableStream({
    start: (controller) => controller.enqueue(line),
    pull: (controller) => controller.error(new Error("broken")),
  });
}

import assert from "node:assert/strict";
import { join } from "node:path";
import { openDocker } from "../../../adapters/containers/open_docker.ts";
import { ensureImage } from "../../../adapters/images/ensure_image.ts";
import { temporary } from "../temporary.ts";

const DIGEST = `sha256:${"1".repeat(64)}`;
const PINNED = { reference: `ghcr.io/a/b@${DIGEST}`, digest: DIGEST };
const OPTIONS = {
  platform: "amd64",
  signal: new AbortController().signal,
} as const;

/** An engine on a socket that has no images and breaks off whatever else it is asked for. */
async function brokenEngine() {
  const temp = await temporary();
  const path = join(temp.folder, "engine.sock");
  const ended = new AbortController();
  const { signal } = ended;
  const options = { path, signal, onListen: () => {} };
  const server = Deno.serve(options, ({ url }) => {
    return /\/images\/.*\/json$/.test(new URL(url).pathname)
      ? Response.json({ message: "no such image" }, { status: 404 })
      : new Response(brokenStream());
  });
  return {
    docker: await openDocker({ path }),
    async [Symbol.asyncDispose]() {
      ended.abort();
      await server.finished;
      await temp[Symbol.asyncDispose]();
    },
  };
}

function brokenStream(): ReadableStream<Uint8Array> {
  const line = new TextEncoder().encode('{"status":"Waiting"}\n');
  return new ReadableStream({
    start: (controller) => controller.enqueue(line),
    pull: (controller) => controller.error(new Error("broken")),
  });
}

Deno.test("ensureImage() tells an engine that broke off from a registry", async () => {
  await using engine = await brokenEngine();
  await assert.rejects(ensureImage(engine.docker, PINNED, OPTIONS), {
    code: "ERR_ENGINE_UNAVAILABLE",
    message:
      `Cannot pull "${PINNED.reference}": the container engine broke off`,
  });
});

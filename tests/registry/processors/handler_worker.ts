/// <reference lib="deno.worker" />
import type { Handle, Json, Run, RunAttachment } from "../../../schemas/mod.ts";
import type { HandlerMessage, HandlerRequest } from "./run_handler.ts";

/** Serves one run of a handler in a Worker: takes a `HandlerRequest`, posts `HandlerMessage`s. */
export function serve(handle: Handle): void {
  const abort = new AbortController();
  self.onmessage = ({ data }: MessageEvent<HandlerRequest | "abort">) => {
    if (data === "abort") abort.abort(new Error("Run was cancelled"));
    else void answer(handle, runOf(data, abort.signal));
  };
}

async function answer(handle: Handle, run: Run): Promise<void> {
  try {
    await handle(run);
    post({ kind: "done" });
  } catch (error) {
    const { name, message } = error as Error;
    post({ kind: "failed", code: "THROWN", message: `${name}: ${message}` });
  }
}

function runOf(request: HandlerRequest, signal: AbortSignal): Run {
  const { secrets, attachments, ...facts } = request;
  const given = attachments.map(attachmentOf);
  const written = new Set<string>();
  return {
    ...facts,
    attachments: given,
    signal,
    attachment: (value) => given.find(({ path }) => path === artifact(value)),
    secret: (name) => secrets[name],
    token: (text) => post({ kind: "token", text }),
    emit: (phase, fields) => post({ kind: "event", phase, ...fields }),
    log: (msg, fields) => post({ kind: "log", msg, ...fields }),
    async write(path, content) {
      if (written.has(path)) throw new Error(`Duplicate output "${path}"`);
      written.add(path);
      const bytes = await new Response(content as BodyInit).bytes();
      post({ kind: "output", path, bytes });
    },
    // The first one counts, as in the runtime, whether or not what it throws is caught.
    fail(code, message, details) {
      post({ kind: "failed", code, message, ...details && { details } });
      throw new Error(message);
    },
  };
}

function attachmentOf(
  { content, ...facts }: HandlerRequest["attachments"][number],
): RunAttachment {
  return {
    ...facts,
    size: content.byteLength,
    file: `/nowhere/${facts.name}`,
    bytes: () => Promise.resolve(content),
    text: () => Promise.resolve(new TextDecoder().decode(content)),
  };
}

function artifact(value: Json | undefined): unknown {
  return (value as { $artifact?: string } | null | undefined)?.$artifact;
}

function post(message: HandlerMessage): void {
  self.postMessage(message);
}

import type { ServerReady } from "../../schemas/mod.ts";
import { isObject } from "../../schemas/mod.ts";

/**
 * Reads a server's standard output up to the line that says it listens, and gives the stream up;
 * undefined when the stream ends without it.
 */
export async function readReady(
  stdout: ReadableStream<Uint8Array>,
): Promise<ServerReady["ready"] | undefined> {
  const lines = stdout
    .pipeThrough(
      new TextDecoderStream() as TransformStream<Uint8Array, string>,
    );
  let text = "";
  for await (const piece of lines) {
    text += piece;
    const complete = text.slice(0, text.lastIndexOf("\n") + 1);
    const ready = complete.split("\n").map(parseReady).find(Boolean);
    if (ready) return ready;
  }
  return undefined;
}

function parseReady(line: string): ServerReady["ready"] | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    const value: unknown = JSON.parse(line);
    return isReady(value) ? value.ready : undefined;
  } catch {
    return undefined;
  }
}

function isReady(value: unknown): value is ServerReady {
  const ready = isObject(value) ? value["ready"] : undefined;
  return isObject(ready) && Number.isInteger(ready["port"]) &&
    Number.isInteger(ready["pid"]);
}

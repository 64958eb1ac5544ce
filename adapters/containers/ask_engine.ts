import type { EngineSocket } from "./addresses.ts";

/** Milliseconds for an engine to answer what takes it no work. */
const ANSWER_WITHIN = 10_000;

/**
 * One request of an engine's API that takes no more than a question: an engine is met, or a container looked at, in a
 * few milliseconds, where the client that all else goes through takes a hundred times as long to load. Needs read and
 * write permission for its socket, the network of `unix:` and that path, and of 127.0.0.1; or that of its host. Answers JSON or text, and the
 * status; throws what `fetch` does.
 */
export async function askEngine(
  at: EngineSocket,
  path: string,
  method = "GET",
): Promise<{ readonly status: number; readonly body: unknown }> {
  // What stands in the place of a proxy is asked past those that the environment names.
  const proxy = "path" in at
    ? { transport: "unix", path: at.path } as const
    : { transport: "tcp", ...at } as const;
  using client = Deno.createHttpClient({ proxy });
  const authority = "path" in at ? "127.0.0.1" : `${at.hostname}:${at.port}`;
  const response = await fetch(`http://${authority}${path}`, {
    client,
    method,
    signal: AbortSignal.timeout(ANSWER_WITHIN),
    redirect: "error",
  });
  const text = await response.text();
  return { status: response.status, body: parsedOr(text) };
}

function parsedOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

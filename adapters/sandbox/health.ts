import { isObject } from "../../schemas/mod.ts";
import { httpClient } from "../transports/http_client.ts";
import type { InstanceRecord } from "./record.ts";

/**
 * What a recorded instance does now: `running` answers as recorded; `other` means that something else
 * answers at its port; `ending` that it takes no new runs; `gone` that nobody listens there; `silent` that somebody does, but says nothing;
 * `blocked` that it is one of the ports that no HTTP client of ours connects to.
 */
export type Health =
  | "running"
  | "ending"
  | "other"
  | "gone"
  | "silent"
  | "blocked";

/** Milliseconds for an answer on this machine. */
const ANSWER_WITHIN = 2000;

/** Asks `/healthz` of a recorded instance. */
export async function healthOf(record: Recorded): Promise<Health> {
  return (await askHealth(record)).health;
}

type Recorded = Pick<InstanceRecord, "url" | "digest">;

/** Does {@linkcode healthOf} and answers the reason, too, why an instance is ending. */
export async function askHealth(
  { url, digest }: Recorded,
): Promise<{ readonly health: Health; readonly why?: string }> {
  using client = httpClient(url);
  try {
    const response = await fetch(new URL("/healthz", url), {
      client,
      signal: AbortSignal.timeout(ANSWER_WITHIN),
      redirect: "error",
    });
    const body: unknown = await response.json();
    if (!isObject(body) || body["digest"] !== digest) {
      return { health: "other" };
    }
    if (response.ok) return { health: "running" };
    const { ending: why } = body;
    return typeof why === "string"
      ? { health: "ending", why }
      : { health: "other" };
  } catch (error) {
    return { health: unanswered(error) };
  }
}

function unanswered(error: unknown): Health {
  if (error instanceof Deno.errors.NotCapable) throw error;
  if (error instanceof DOMException) return "silent";
  if (isBlocked(error)) return "blocked";
  return isUnconnected(error) ? "gone" : "other";
}

/** The list of such ports is that of the Fetch standard. */
function isBlocked(error: unknown): boolean {
  return error instanceof TypeError &&
    /requests to port \d+ are blocked/i.test(error.message);
}

/** Whether a fetch failed because no connection could be made; its cause alone tells. */
function isUnconnected(error: unknown): boolean {
  return error instanceof TypeError && error.cause instanceof Error &&
    error.cause.message.includes("client error (Connect)");
}

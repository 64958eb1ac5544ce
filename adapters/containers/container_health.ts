import { isObject } from "../../schemas/mod.ts";
import { directRoad } from "../transports/direct_road.ts";

/** What a container answers at its `/healthz`. */
export interface ContainerHealth {
  readonly state: "running" | "ending" | "silent";
  /** What it says that it runs. */
  readonly said?: string;
  /** Why it is ending. */
  readonly why?: string;
}

/** Milliseconds for an answer on this machine. */
const ANSWER_WITHIN = 2000;

/** Asks a container how it is. One whose server does not listen yet, or no more, is silent. */
export async function containerHealth(url: string): Promise<ContainerHealth> {
  using road = directRoad(url);
  try {
    const response = await fetch(url, {
      client: road.client,
      signal: AbortSignal.timeout(ANSWER_WITHIN),
      redirect: "error",
    });
    return healthIn(response.ok, await response.text());
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) throw error;
    return { state: "silent" };
  }
}

/** Older processors answer with `{"ok": true}` alone, or anything. */
function healthIn(ok: boolean, text: string): ContainerHealth {
  const body = bodyOf(text);
  const { digest, ending } = body;
  const said = typeof digest === "string" ? { said: digest } : {};
  if (ok && body["ok"] !== false) return { state: "running", ...said };
  return typeof ending === "string"
    ? { state: "ending", why: ending, ...said }
    : { state: "silent", ...said };
}

function bodyOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

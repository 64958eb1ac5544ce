import { Failure, isObject } from "../../schemas/mod.ts";
import type { TransportRequest } from "../ports.ts";
import { after } from "../after.ts";
import { directRoad } from "./direct_road.ts";
import { noAnswer, notReady, unreachable } from "./websocket_failures.ts";

/** What a processor tells of itself at its health path. */
export interface Health {
  /** Whether it is one of ours or of theirs at all, and takes runs. */
  readonly ok: boolean;
  /** What it runs; the oldest ones do not tell. */
  readonly digest?: string;
}

/** Milliseconds for an answer when the time of a run is over. */
const STILL_THERE_WITHIN = 1000;

/** Asks a processor how it is. `ERR_NETWORK` when nobody listens, `ERR_READY_TIMEOUT` when nothing is answered. */
export async function askHealth(
  request: TransportRequest,
  { healthUrl, withinMs, signal }: {
    readonly healthUrl: string;
    readonly withinMs: number;
    readonly signal?: AbortSignal;
  },
): Promise<Health> {
  const late = new AbortController();
  const stop = after(withinMs, () => late.abort(notReady(request, withinMs)));
  const signals = signal === undefined ? [] : [signal];
  using road = directRoad(healthUrl);
  try {
    const response = await fetch(healthUrl, {
      client: road.client,
      signal: AbortSignal.any([late.signal, ...signals]),
      redirect: "manual",
    });
    return readHealth(response.ok, await response.text());
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw unreachable(request, error);
  } finally {
    stop();
  }
}

function readHealth(answered: boolean, text: string): Health {
  try {
    const body: unknown = JSON.parse(text);
    if (!isObject(body)) return { ok: false };
    const { digest } = body;
    const ok = answered && body["ok"] === true;
    return typeof digest === "string" ? { ok, digest } : { ok };
  } catch {
    return { ok: false };
  }
}

/** Runs; a run whose time is over, and whose processor is not there any more, ends with `ERR_NO_ANSWER`. */
export async function orNoAnswer<T>(
  request: TransportRequest,
  run: () => Promise<T>,
): Promise<T> {
  const { healthUrl } = request;
  try {
    return await run();
  } catch (error) {
    if (healthUrl === undefined || !(error instanceof Failure)) throw error;
    if (error.code !== "ERR_RUN_TIMEOUT") throw error;
    const question = { healthUrl, withinMs: STILL_THERE_WITHIN };
    await askHealth(request, question).catch(() => {
      throw noAnswer(request, error);
    });
    throw error;
  }
}

import Replicate from "replicate";
import { type Attempt, broken, failFor } from "./failure.ts";
import { mayRepeatRead, mayRepeatWrite, patiently } from "./patience.ts";

/**
 * The library with a fetch that fails for every answer but success and 404, which callers see as
 * the library's `ApiError`. `signal` ends the pauses between attempts; requests are only ended by
 * a signal of their own.
 */
export function clientFor(attempt: Attempt, signal: AbortSignal): Replicate {
  const { base, token } = attempt.endpoint;
  return new Replicate({
    auth: token,
    baseUrl: base.href,
    fetch: onceFailing((url, init) => send(attempt, { url, init, signal })),
    useFileOutput: false,
  });
}

interface Sending {
  readonly url: string | URL | Request;
  readonly init: RequestInit;
  readonly signal: AbortSignal;
}

async function send(
  attempt: Attempt,
  { url, init, signal }: Sending,
): Promise<Response> {
  const writes = init.method !== undefined && init.method !== "GET";
  const outcome = await patiently(
    () => whole(url, { ...init, redirect: "manual" }),
    { signal, mayRepeat: writes ? mayRepeatWrite : mayRepeatRead },
  );
  const { response } = outcome;
  if (response?.status === 404) return response;
  if (!response?.ok) return await failFor(attempt, outcome);
  if (!isJson(await response.clone().text())) {
    const found = `the answer of ${attempt.endpoint.provider} is not JSON`;
    return broken(attempt, found);
  }
  return response;
}

/** Fetches with the body read to its end, so that a connection lost in the middle is a lost request. */
async function whole(url: Sending["url"], init: RequestInit) {
  const response = await fetch(url, init);
  const { status, statusText, headers } = response;
  return new Response(await response.text(), { status, statusText, headers });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * The library repeats whatever its fetch rejects, at once and even for requests that start something.
 * What has failed here has failed for good: the same request is answered with the same failure.
 */
function onceFailing(
  send: (url: Sending["url"], init: RequestInit) => Promise<Response>,
): typeof fetch {
  const failures = new WeakMap<RequestInit, unknown>();
  return async (url, init = {}) => {
    if (failures.has(init)) throw failures.get(init);
    try {
      return await send(url, init);
    } catch (error) {
      failures.set(init, error);
      throw error;
    }
  };
}

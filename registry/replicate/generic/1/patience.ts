/** How often a request is sent at most. */
export const MAX_ATTEMPTS = 5;

/** Longest wait between two attempts, in milliseconds, whatever the server asks for. */
const MAX_WAIT = 60_000;

/** What came of a request: an answer, or the error with which it was lost. */
export interface Outcome {
  readonly response?: Response;
  readonly lost?: unknown;
  /** How often it was sent. */
  readonly attempts: number;
}

/** The end of `send`, repeated with growing pauses or those of `Retry-After` while `mayRepeat` agrees. */
export async function patiently(
  send: () => Promise<Response>,
  { signal, mayRepeat }: {
    readonly signal: AbortSignal;
    readonly mayRepeat: (outcome: Outcome) => boolean;
  },
): Promise<Outcome> {
  for (let attempt = 1;; attempt++) {
    signal.throwIfAborted();
    const outcome = { ...await outcomeOf(send), attempts: attempt };
    if (attempt === MAX_ATTEMPTS || !mayRepeat(outcome)) return outcome;
    await outcome.response?.body?.cancel();
    await pause(waitAfter(attempt, outcome.response), signal);
  }
}

async function outcomeOf(
  send: () => Promise<Response>,
): Promise<Omit<Outcome, "attempts">> {
  try {
    return { response: await send() };
  } catch (lost) {
    return { lost };
  }
}

/** Whether a request that changes nothing is worth repeating. */
export function mayRepeatRead({ response, lost }: Outcome): boolean {
  if (response === undefined) return !(lost instanceof Deno.errors.NotCapable);
  return response.status === 429 || response.status >= 500;
}

/** Whether a request that starts something may be repeated: only when the server says it did nothing. */
export function mayRepeatWrite({ response }: Outcome): boolean {
  return response?.status === 429;
}

function waitAfter(attempt: number, response: Response | undefined): number {
  const asked = retryAfter(response?.headers.get("retry-after") ?? "");
  return Math.min(asked ?? 500 * 2 ** (attempt - 1), MAX_WAIT);
}

/** Milliseconds of a `Retry-After`: seconds or a date. */
function retryAfter(text: string): number | undefined {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

/** Waits; rejects with the signal's reason when it is aborted. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, ms);
    signal.addEventListener("abort", stop, { once: true });
  });
}

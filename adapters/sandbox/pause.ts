import { after } from "../after.ts";

/** Waits; rejects with the signal's reason when it is aborted first. No timer stays behind. */
export function pause(
  milliseconds: number,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      forget();
      reject(signal.reason);
    };
    const forget = after(milliseconds, () => {
      signal.removeEventListener("abort", stop);
      resolve();
    });
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
}

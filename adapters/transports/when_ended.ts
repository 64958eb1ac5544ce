import type { TransportHooks } from "../ports.ts";

/** Calls when a run is to end before its time; once more when then it is to end at once. Answers how to stop listening. */
export function whenEnded(
  { signal, atOnce }: Pick<TransportHooks, "signal" | "atOnce">,
  end: (how: { readonly atOnce: boolean }) => void,
): () => void {
  const listening = new AbortController();
  const options = { once: true, signal: listening.signal };
  const cancel = () => atOnce?.aborted ? undefined : end({ atOnce: false });
  const halt = () => end({ atOnce: true });
  if (signal.aborted) cancel();
  else signal.addEventListener("abort", cancel, options);
  if (atOnce?.aborted) halt();
  else atOnce?.addEventListener("abort", halt, options);
  return () => listening.abort();
}

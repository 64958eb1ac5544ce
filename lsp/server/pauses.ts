import type { Host } from "../host.ts";

/** Milliseconds for which long work may hold up everything else. */
const TURN = 20;

/** What long work awaits between its steps: now and then, others have their turn. */
export function pauses(
  { monotonic }: Pick<Host, "monotonic">,
): () => Promise<void> {
  let start = monotonic();
  return async () => {
    if (monotonic() - start < TURN) return;
    await new Promise((resolve) => setTimeout(resolve, 0));
    start = monotonic();
  };
}

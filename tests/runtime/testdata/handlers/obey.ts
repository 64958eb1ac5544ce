import type { Run } from "../../../../schemas/handler.ts";

/** Runs until its signal aborts, and then says why. */
export async function handle(run: Run): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  run.signal.addEventListener("abort", () => resolve());
  run.token("waiting");
  await promise;
  run.log(`aborted: ${run.signal.reason.message}`);
}

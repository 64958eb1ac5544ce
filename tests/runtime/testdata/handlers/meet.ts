import type { Run } from "../../../../schemas/handler.ts";

/** Leaves marks wherever runs could see each other, after looking for those of others. */
export async function handle(run: Run): Promise<void> {
  const shared = globalThis as { mark?: string };
  const before = shared.mark ?? "nothing";
  shared.mark = run.executionId;
  for (let i = 0; i < 50; i++) {
    run.token(`${run.executionId} `);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await run.write("response.txt", `${before} ${shared.mark} ${run.params["n"]}`);
}

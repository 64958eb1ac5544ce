import type { Run } from "../../../../schemas/handler.ts";

/** Fetches the address it is given. */
export async function handle(run: Run): Promise<void> {
  const response = await fetch(`${run.params["url"]}`);
  await run.write("response.txt", await response.text());
}

import type { Run } from "../../../../schemas/handler.ts";

export async function handle(run: Run) {
  await run.write("usage.json", "{}");
}

import type { Run } from "../../../../schemas/handler.ts";

export async function handle(run: Run) {
  try {
    run.fail("ERR_VALIDATION", "not like this");
  } catch {
    await run.write("response.txt", "went on");
  }
}

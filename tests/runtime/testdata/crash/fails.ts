import type { Run } from "../../../../schemas/handler.ts";

export function handle(run: Run) {
  run.fail("ERR_PROVIDER", "the provider said no");
}

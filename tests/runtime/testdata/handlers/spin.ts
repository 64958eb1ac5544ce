import type { Run } from "../../../../schemas/handler.ts";

/** Never returns and never looks. */
export function handle(run: Run): void {
  run.token("spinning");
  for (;;);
}

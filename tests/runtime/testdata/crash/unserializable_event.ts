import type { Run } from "../../../../schemas/handler.ts";

export function handle(run: Run) {
  run.emit("count", { n: 1n as unknown as number });
}

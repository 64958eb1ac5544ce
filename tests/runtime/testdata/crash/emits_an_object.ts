import type { Run } from "../../../../schemas/handler.ts";

/** As code does that no compiler has looked at. */
export function handle(run: Run): void {
  const untyped: unknown = { phase: "half" };
  run.emit(untyped as string);
}

import type { Entry } from "../../schemas/mod.ts";
import { Failure } from "../../schemas/mod.ts";

/** How the process of an instance ended, and its last words. */
export interface Death {
  readonly status: Deno.CommandStatus;
  readonly log: string;
}

/** The failure of a run whose server ended in the middle of it. */
export function deathOf(
  { ref, runtime }: Entry,
  { status, log }: Death,
  cause: Failure,
): Failure {
  // What V8 says before it gives up.
  if (/out of memory|OOM|allocation failed/i.test(log)) {
    return new Failure(
      "ERR_OUT_OF_MEMORY",
      `Cannot finish the run: "${ref}" used up its memory (${runtime.memoryGb} GB)`,
      { cause },
    );
  }
  return died(ref, cause, howItEnded(status));
}

/** The failure of a run whose instance is gone. */
export function died(ref: string, cause: Failure, how?: string): Failure {
  const ended = how === undefined ? "" : ` (${how})`;
  return new Failure(
    "ERR_INSTANCE_DIED",
    `Cannot finish the run: the instance of "${ref}" ended in the middle of it${ended}`,
    { cause, hint: `localctl logs --ref ${ref} shows its last words` },
  );
}

function howItEnded({ code, signal }: Deno.CommandStatus): string {
  return signal === null ? `exit code ${code}` : `killed by ${signal}`;
}

import { Failure } from "../../schemas/mod.ts";
import type { Patience } from "./patient.ts";

/** Milliseconds between two tries. */
const AGAIN_AFTER = 10;

/** Does something while holding the lock of a file, which the system releases when the process ends. */
export async function exclusively<T>(
  path: string,
  { waitMs, signal }: Patience,
  action: () => Promise<T>,
): Promise<T> {
  using file = Deno.openSync(path, {
    create: true,
    write: true,
    mode: 0o600,
  });
  const end = performance.now() + waitMs;
  while (!file.tryLockSync(true)) {
    if (performance.now() > end) throw held(path);
    await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER));
    signal?.throwIfAborted();
  }
  return await action();
}

function held(path: string): Failure {
  return new Failure(
    "ERR_JOURNAL",
    `Cannot lock "${path}": another program holds it`,
  );
}

/**
 * Main module of a processor's server in an image. Its arguments are the absolute folders of the processor's
 * `registry.yaml` and, unless that is `/artifacts`, of its runs; the environment says the rest: see `containerConfig`.
 * Log lines go to standard output.
 */
import { bakedEntry } from "./baked_entry.ts";
import { containerConfig } from "./container_config.ts";
import { openLog } from "./log.ts";
import { runServer } from "./run_server.ts";
import { Failure } from "./schemas.ts";

const [dir = "", runsDir] = Deno.args;

/** Answers the exit code. */
async function serveContainer(): Promise<number> {
  try {
    const entry = await bakedEntry(dir);
    const config = containerConfig(entry, { dir, runsDir, env: Deno.env.get });
    const never = Promise.withResolvers<{ readonly kept: boolean }>();
    await runServer(
      { config, ended: never.promise, cancel: () => Promise.resolve() },
      { log: Deno.stdout, ready: () => {} },
    );
    return 0;
  } catch (error) {
    tell(error);
    return 1;
  }
}

/** As a line of the log, which is all that is seen of a container. */
function tell(error: unknown): void {
  const told = { redact: (text: string) => text, plain: Deno.stdout };
  const log = openLog({ ref: dir }, told);
  if (error instanceof Failure) {
    const { code, message } = error;
    return log("error", "server.refused", { code, message });
  }
  const stack = error instanceof Error ? error.stack : undefined;
  log("error", "server.failed", { stack: stack ?? `${error}` });
}

// A Worker that computes without a pause would be waited for.
// deno-lint-ignore house/exit-once
Deno.exit(await serveContainer());

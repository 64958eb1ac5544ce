/**
 * Main module of a processor's server: reads its configuration from standard input, prints one line
 * once it listens, and serves until `POST /shutdown`, SIGTERM or, if so configured, the end of its input.
 */
import { readConfig } from "./config_line.ts";
import { runServer } from "./run_server.ts";

const input = await readConfig(Deno.stdin.readable);
await runServer(input, {
  log: Deno.stderr,
  ready: (ready) =>
    void Deno.stdout.writeSync(
      new TextEncoder().encode(`${JSON.stringify(ready)}\n`),
    ),
});
// Deno 2.9 cannot end a Worker that computes without a pause, and would wait for it for ever.
// deno-lint-ignore house/exit-once
Deno.exit(0);

import { realWorld, runCli } from "./cli/mod.ts";

if (import.meta.main) {
  const world = realWorld(Deno.args, {
    version: "0.1.0",
    dir: import.meta.dirname ?? ".",
    deno: Deno.execPath(),
  });
  Deno.exit(await runCli(world));
}

import { invokedAs, realWorld, runCli } from "./cli/mod.ts";

if (import.meta.main) {
  const { program, args } = invokedAs(Deno.args);
  const world = realWorld(args, {
    program,
    version: "0.1.0",
    dir: import.meta.dirname ?? ".",
    deno: Deno.execPath(),
  });
  Deno.exit(await runCli(world));
}

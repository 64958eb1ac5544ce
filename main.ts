import { invokedAs, realWorld, runCli } from "./cli/mod.ts";

if (import.meta.main) {
  const file = import.meta.url.slice(import.meta.url.lastIndexOf("/") + 1);
  const { program, args } = invokedAs(Deno.args, file);
  const world = realWorld(args, {
    program,
    version: "0.1.0",
    dir: import.meta.dirname ?? ".",
    file,
    deno: Deno.execPath(),
  });
  Deno.exit(await runCli(world));
}

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
  // A process that ends with nothing left to wait for has not done what was asked.
  Deno.exitCode = 70;
  // Not awaited: what Deno compiled it keeps for the next start once this module has ended, if the process then goes
  // on for a moment.
  runCli(world).then(async (exit) => {
    // Behind what nobody reads this would wait for ever.
    if (!world.interrupted.aborted) {
      await Deno.stdout.write(new Uint8Array()).catch(() => {});
    }
    Deno.exit(exit);
  });
}

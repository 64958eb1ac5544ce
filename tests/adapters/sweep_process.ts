import { sweepRuns } from "../../adapters/mod.ts";

/** Sweeps a state folder again and again until its standard input ends. */
const [stateDir = ""] = Deno.args;
let goesOn = true;
Deno.stdin.readable.pipeTo(new WritableStream()).finally(() => goesOn = false);
await Deno.stdout.write(new TextEncoder().encode("sweeping\n"));
while (goesOn) await sweepRuns(stateDir);

/** Sweeps a state folder, as a command does that begins now. */
import { sweepRuns } from "../../adapters/mod.ts";

await sweepRuns(Deno.args[0] ?? "");

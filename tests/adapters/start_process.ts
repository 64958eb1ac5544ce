/** Starts the demo processor, as one of several processes: `start_process.ts STATE_DIR PROCESSOR_DIR`. */
import { sandboxEngine } from "../../adapters/mod.ts";
import { demoEntry, partsOf, startRequest } from "./sandbox_fixture.ts";

const [stateDir = "", dir = ""] = Deno.args;
const engine = sandboxEngine(partsOf(stateDir));
const processor = { entry: demoEntry(), dir, shipped: false };
const instance = await engine.start(startRequest(processor));
await Deno.stdout.write(new TextEncoder().encode(JSON.stringify(instance)));

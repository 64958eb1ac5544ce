/** Stops the demo processor with the permissions of this process: `stop_process.ts STATE_DIR`. */
import { sandboxEngine } from "../../adapters/mod.ts";
import { Failure } from "../../schemas/mod.ts";
import { partsOf } from "./sandbox_fixture.ts";

const [stateDir = ""] = Deno.args;
try {
  await sandboxEngine(partsOf(stateDir)).stop("demo/hello@1");
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  const { code, message } = error;
  const text = JSON.stringify({ code, message });
  await Deno.stdout.write(new TextEncoder().encode(text));
}

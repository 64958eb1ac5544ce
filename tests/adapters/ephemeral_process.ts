/**
 * Starts an ephemeral sandbox with a run in it, says so and waits:
 * `ephemeral_process.ts STATE_DIR PROCESSOR_DIR`.
 */
import { sandboxEngine, websocketTransport } from "../../adapters/mod.ts";
import { demoEntry, partsOf, requestTo } from "./sandbox_fixture.ts";

const [stateDir = "", dir = ""] = Deno.args;
const engine = sandboxEngine(partsOf(stateDir));
const { signal } = new AbortController();
const processor = { entry: demoEntry(), dir, shipped: false };
const server = await engine.ephemeral({ processor, waitMs: 30_000, signal });
const begun = Promise.withResolvers<void>();
const running = websocketTransport().run(requestTo(server, { do: "wait" }), {
  signal,
  onEvent: ({ kind }) => kind === "Token" && begun.resolve(),
});
await begun.promise;
await Deno.stdout.write(new TextEncoder().encode("running\n"));
await running;

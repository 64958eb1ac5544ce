import { type AsidePort, serve, streamTransport } from "../../lsp/mod.ts";
import type { Toolkit, World } from "../world.ts";
import { realHost } from "./real_host.ts";
import { soon } from "./soon.ts";
import { STANDARD_STREAMS } from "./standard_streams.ts";

/**
 * Serves one editor over the standard streams; answers the exit code that the protocol asks for. `worker` is the main
 * module of a Worker that serves large documents: see `serveAside`.
 */
export async function serveEditor(world: World, worker: URL): Promise<number> {
  const { toolkit, interrupted } = world;
  const transport = streamTransport(STANDARD_STREAMS, soon);
  const served = serve(transport, realHost(world), {
    aside: () => startAside(worker, toolkit),
  });
  const asked = new Promise<number>((resolve) =>
    interrupted.addEventListener(
      "abort",
      () => resolve(Number(interrupted.reason)),
    )
  );
  return await Promise.race([served, asked]);
}

/** Starts a second server in a Worker, with the permissions of the first. */
function startAside(address: URL, toolkit: Toolkit): AsidePort {
  const worker = new Worker(address, { type: "module" });
  worker.postMessage(toolkit);
  return worker;
}

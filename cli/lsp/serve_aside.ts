import { type Port, portTransport, serve } from "../../lsp/mod.ts";
import { realWorld } from "../real_world.ts";
import type { Toolkit } from "../world.ts";
import { realHost } from "./real_host.ts";
import { soon } from "./soon.ts";

/** In a Worker: serves large documents. Its owner sends the program's place first, then messages of the protocol. */
export function serveAside(scope: Port & { close(): void }): void {
  scope.onmessage = ({ data }: MessageEvent<Toolkit>) => {
    const never = new AbortController().signal;
    const world = realWorld([], data, {
      interrupted: never,
      killed: never,
      unheard: (action) => action(),
    });
    serve(portTransport(scope, soon), realHost(world))
      .then(() => scope.close());
  };
}

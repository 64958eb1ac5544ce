/** Main module of the Worker that serves large documents: gets the program's place, then messages of the protocol. */
import { type Port, portTransport, serve } from "../../lsp/mod.ts";
import { realWorld } from "../real_world.ts";
import type { Toolkit } from "../world.ts";
import { realHost } from "./real_host.ts";
import { soon } from "./soon.ts";

declare const self: Port & { close(): void };

self.onmessage = ({ data }: MessageEvent<Toolkit>) => {
  const never = new AbortController().signal;
  const world = realWorld([], data, { interrupted: never, killed: never });
  serve(portTransport(self, soon), realHost(world)).then(() => self.close());
};

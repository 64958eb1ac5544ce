import { SUBPROTOCOL } from "../../schemas/mod.ts";
import type { TransportRequest } from "../ports.ts";
import { directRoad } from "./direct_road.ts";
import { connect, hangUp } from "./socket.ts";

/**
 * Tells a server to end a run over a second socket, in the role of a controller, since older servers do not read
 * from the one that the run was asked for with. Answers how to close it.
 */
export function askAsController(
  request: TransportRequest,
  frames: { readonly open: string; readonly preempt: string },
): () => void {
  const road = directRoad(request.url);
  const socket = connect(request, SUBPROTOCOL, road.client);
  socket.onopen = () => {
    socket.send(frames.open);
    socket.send(frames.preempt);
  };
  // What comes of it is told to all sockets of the run.
  socket.onerror = (event) => event.preventDefault();
  return () => {
    hangUp(socket);
    road[Symbol.dispose]();
  };
}

import { subprotocolOf } from "../../schemas/mod.ts";
import type { Meeting } from "../ports.ts";
import { after } from "../after.ts";
import { connect, hangUp } from "./socket.ts";

/** Milliseconds for a processor on this machine to take a connection ahead of a run. */
const MEET_WITHIN = 1000;

/**
 * An open socket to a processor of this very digest, which takes runs now: it has said so by its choice of a protocol.
 * Undefined when there is none.
 */
export async function meet(processor: Meeting): Promise<WebSocket | undefined> {
  const protocol = subprotocolOf(processor.digest);
  const socket = connect(processor, protocol);
  const settled = Promise.withResolvers<unknown>();
  socket.onopen = socket.onclose = settled.resolve;
  socket.onerror = (event) => event.preventDefault();
  const stop = after(MEET_WITHIN, () => settled.resolve(undefined));
  await settled.promise;
  stop();
  const { readyState } = socket;
  if (readyState === WebSocket.OPEN && socket.protocol === protocol) {
    return socket;
  }
  hangUp(socket);
  return undefined;
}

import { CLOSE } from "../../schemas/mod.ts";
import type { TransportRequest } from "../ports.ts";
import { httpClient } from "./http_client.ts";

/** A socket that is about to connect, speaking one protocol; by the caller's client, or one that ends with the socket. */
export function connect(
  { url, token }: Pick<TransportRequest, "url" | "token">,
  protocol: string,
  given?: Deno.HttpClient,
): WebSocket {
  const client = given ?? httpClient(url);
  const headers = token === undefined
    ? undefined
    : { authorization: `Bearer ${token}` };
  const socket = new WebSocket(url.replace(/^http/, "ws"), {
    protocols: [protocol],
    ...(headers === undefined ? {} : { headers }),
    client,
  });
  if (given === undefined) {
    socket.addEventListener("close", () => client.close());
  }
  socket.binaryType = "arraybuffer";
  return socket;
}

/** Closes a socket, whatever it is at, and hears nothing more of it. */
export function hangUp(socket: WebSocket): void {
  socket.onopen = socket.onmessage = socket.onclose = null;
  // Closing while connecting is reported as an error, which nobody needs any more.
  socket.onerror = (event) => event.preventDefault();
  if (socket.readyState !== WebSocket.CLOSED) socket.close(CLOSE.normal);
}

import type { JsonObject } from "../../schemas/mod.ts";

/** What a socket got until it was closed. */
export interface Conversation {
  readonly frames: readonly JsonObject[];
  readonly last: JsonObject;
  readonly code: number;
}

export interface TalkOptions {
  readonly token?: string;
  /** Called with each frame; may send more. */
  readonly onFrame?: (frame: JsonObject, socket: WebSocket) => void;
}

/** Opens `/run`, sends one text or bytes, and listens until the server closes. */
export async function talk(
  url: string,
  first: string | Uint8Array<ArrayBuffer>,
  { token, onFrame }: TalkOptions = {},
): Promise<Conversation> {
  const headers = token === undefined
    ? {}
    : { authorization: `Bearer ${token}` };
  const socket = new WebSocket(`${url.replace("http", "ws")}/run`, {
    protocols: ["theory.run.v1"],
    headers,
  });
  const frames: JsonObject[] = [];
  const { promise, resolve } = Promise.withResolvers<number>();
  socket.onopen = () => socket.send(first);
  socket.onmessage = ({ data }) => {
    const frame = JSON.parse(data);
    frames.push(frame);
    onFrame?.(frame, socket);
  };
  socket.onclose = ({ code }) => resolve(code);
  const code = await promise;
  return { frames, last: frames.at(-1) ?? {}, code };
}

/** A Request frame as text. */
export function requestFrame(
  runId: string,
  { params = {}, ...control }: JsonObject = {},
): string {
  return JSON.stringify({
    kind: "Request",
    control: { run_id: runId, mode: "mock", ...control },
    inputs: { schema: "v1", params },
  });
}

/** The error of a conversation's final Response. */
export function errorOf({ last }: Conversation): JsonObject {
  return (last["error"] ?? {}) as JsonObject;
}

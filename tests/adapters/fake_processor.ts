import type { JsonObject } from "../../schemas/mod.ts";
import { SUBPROTOCOL } from "../../schemas/mod.ts";

/** A processor that does what a test says with the first frame it gets. */
export interface FakeProcessor extends AsyncDisposable {
  readonly url: string;
  /** Every frame received, parsed. */
  readonly received: JsonObject[];
  /** Authorization header of each handshake. */
  readonly authorization: (string | null)[];
  /** Settles when a client's socket is closed, with the code. */
  readonly closed: Promise<number>;
}

type Answer = (
  socket: WebSocket,
  frame: JsonObject,
  count: number,
) => void | Promise<void>;

/** Starts one on a free port of 127.0.0.1; `answer` is called for each frame, `count` from 1. */
export function fakeProcessor(answer: Answer): FakeProcessor {
  const received: JsonObject[] = [];
  const authorization: (string | null)[] = [];
  const closed = Promise.withResolvers<number>();
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    (request) => {
      authorization.push(request.headers.get("authorization"));
      const { socket, response } = Deno.upgradeWebSocket(request, {
        protocol: SUBPROTOCOL,
      });
      socket.onmessage = async ({ data }) => {
        const frame: JsonObject = JSON.parse(String(data));
        received.push(frame);
        await answer(socket, frame, received.length);
      };
      socket.onclose = ({ code }) => closed.resolve(code);
      return response;
    },
  );
  return {
    url: `http://127.0.0.1:${server.addr.port}/run`,
    received,
    authorization,
    closed: closed.promise,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

/** An `Ack` of run `R1`. */
export const ACK = JSON.stringify({ kind: "Ack", content: { run_id: "R1" } });

/** The final successful response of run `R1`. */
export const FINAL = JSON.stringify({
  kind: "Response",
  control: { run_id: "R1", status: "success", final: true, cost_micro: 0 },
  outputs: {},
});

/** A network between a client and a server, which can break. */
export interface Relay extends AsyncDisposable {
  readonly url: string;
  /** Resets every connection. */
  readonly cut: () => void;
  /** Lets nothing through any more, in neither direction, and closes nothing. */
  readonly freeze: () => void;
}

/** Starts one in front of a server, on a free port of 127.0.0.1. */
export function relayTo(url: string): Relay {
  const port = Number(new URL(url).port);
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return {
    url: `http://127.0.0.1:${listener.addr.port}`,
    ...between(listener, () => Deno.connect({ port })),
  };
}

/** Starts one in front of a server on a socket: on another socket, or on a free port of 127.0.0.1. */
export function relayToSocket(path: string, here?: string): Relay {
  const connect = () => Deno.connect({ transport: "unix", path });
  if (here !== undefined) {
    const listener = Deno.listen({ transport: "unix", path: here });
    return { url: `unix://${here}`, ...between(listener, connect) };
  }
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const url = `tcp://127.0.0.1:${listener.addr.port}`;
  return { url, ...between(listener, connect) };
}

function between(
  listener: AsyncIterable<Deno.Conn> & Pick<Deno.Listener, "close">,
  connect: () => Promise<Deno.Conn>,
): Omit<Relay, "url"> {
  const connections = new Set<Deno.Conn>();
  const flows: Promise<void>[] = [];
  let frozen = false;
  const flow = async (from: Deno.Conn, to: Deno.Conn) => {
    try {
      for await (const piece of from.readable) {
        if (!frozen) await writeAll(to, piece);
      }
    } catch {
      // The connection was cut.
    }
    if (!frozen) close(to);
  };
  const serve = async () => {
    for await (const client of listener) {
      connections.add(client);
      if (frozen) continue;
      const server = await connect();
      connections.add(server);
      flows.push(flow(client, server), flow(server, client));
    }
  };
  const served = serve();
  const cut = () => connections.forEach(close);
  return {
    cut,
    freeze: () => void (frozen = true),
    async [Symbol.asyncDispose]() {
      listener.close();
      cut();
      await Promise.all([served, ...flows]);
    },
  };
}

async function writeAll(to: Deno.Conn, piece: Uint8Array): Promise<void> {
  for (let at = 0; at < piece.length;) {
    at += await to.write(piece.subarray(at));
  }
}

function close(connection: Deno.Conn): void {
  try {
    connection.close();
  } catch {
    // It is closed already.
  }
}

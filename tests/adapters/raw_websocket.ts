/** A server of bare TCP that knows of WebSockets just the handshake. */
export interface RawWebSocket extends AsyncDisposable {
  readonly url: string;
}

/** What it does with each client. */
export interface RawManners {
  /** The subprotocol that it chooses, without regard to what was offered. */
  readonly answers: string | undefined;
  /** Closes with this code after the first frame; without one it breaks the connection off. */
  readonly code?: number;
}

/** Starts one on a free port of 127.0.0.1. */
export function rawWebSocket(manners: RawManners): RawWebSocket {
  const server = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const serve = async () => {
    for await (const connection of server) await treat(connection, manners);
  };
  const done = serve();
  return {
    url: `http://127.0.0.1:${server.addr.port}/run`,
    async [Symbol.asyncDispose]() {
      server.close();
      await done;
    },
  };
}

async function treat(
  connection: Deno.Conn,
  { answers, code }: RawManners,
): Promise<void> {
  const buffer = new Uint8Array(4096);
  const count = await connection.read(buffer) ?? 0;
  const head = new TextDecoder().decode(buffer.subarray(0, count));
  const key = /sec-websocket-key: (.*)\r/i.exec(head)?.[1] ?? "";
  const lines = [
    "HTTP/1.1 101 Switching Protocols",
    "Upgrade: websocket",
    "Connection: Upgrade",
    `Sec-WebSocket-Accept: ${await acceptOf(key)}`,
    ...(answers === undefined ? [] : [`Sec-WebSocket-Protocol: ${answers}`]),
  ];
  const text = lines.map((line) => `${line}\r\n`).join("") + "\r\n";
  await connection.write(new TextEncoder().encode(text));
  await connection.read(buffer);
  if (code !== undefined) {
    await connection.write(Uint8Array.of(0x88, 2, code >> 8, code & 255));
    await connection.read(buffer);
  }
  connection.close();
}

async function acceptOf(key: string): Promise<string> {
  const text = `${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
  const hash = await crypto.subtle.digest(
    "SHA-1",
    new TextEncoder().encode(text),
  );
  return btoa(String.fromCharCode(...new Uint8Array(hash)));
}

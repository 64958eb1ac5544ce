/** A client for a server on this machine that no proxy stands before, whatever the environment says. */
export interface DirectRoad extends Disposable {
  readonly client: Deno.HttpClient;
}

/** This machine, and the networks of its containers. */
const NEAR = /^(?:localhost|127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)/;

/**
 * Makes one, for any server; a host elsewhere is got to as the environment says. Through a proxy of our own, since that
 * takes the place of others: by SOCKS, because requests keep their form then, where behind a proxy of HTTP they name the
 * whole address, which older servers take for the path. It keeps no connection once that was used.
 */
export function directRoad(
  address: string,
  connect: (to: Deno.ConnectOptions) => Promise<Deno.Conn> = Deno.connect,
): DirectRoad {
  const { hostname, port, protocol } = new URL(address);
  const options = { poolMaxIdlePerHost: 0 };
  if (!NEAR.test(hostname)) {
    const client = Deno.createHttpClient(options);
    return { client, [Symbol.dispose]: () => client.close() };
  }
  const open = new Set<Deno.Conn>();
  const closed = new AbortController();
  const { signal } = closed;
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const standard = protocol === "https:" || protocol === "wss:" ? 443 : 80;
  const to = { hostname, port: port === "" ? standard : Number(port), signal };
  void forward(listener, { connect: () => connect(to), open });
  const url = `socks5://127.0.0.1:${listener.addr.port}`;
  const proxy = { transport: "socks5", url } as const;
  const client = Deno.createHttpClient({ ...options, proxy });
  return {
    client,
    [Symbol.dispose]() {
      client.close();
      listener.close();
      closed.abort();
      for (const each of open) closeOnce(each);
    },
  };
}

interface Forwarding {
  readonly connect: () => Promise<Deno.Conn>;
  /** Every connection that is open, so that it can be closed. */
  readonly open: Set<Deno.Conn>;
}

async function forward(
  listener: Deno.Listener,
  forwarding: Forwarding,
): Promise<void> {
  for await (const inner of listener) {
    // What breaks is noticed on both of its sides.
    connectThrough(inner, forwarding).catch(() => {}).finally(() => {
      closeOnce(inner);
    });
  }
}

/** RFC 1928, as far as our own client goes: no name and password, one address, which is always the same. */
async function connectThrough(
  inner: Deno.Conn,
  { connect, open }: Forwarding,
): Promise<void> {
  open.add(inner);
  const [, methods = 0] = await readExactly(inner, 2);
  await readExactly(inner, methods);
  await inner.write(new Uint8Array([VERSION, 0]));
  const [, , , kind = 0] = await readExactly(inner, 4);
  await readExactly(inner, await addressLength(inner, kind) + 2);
  const outer = await connect().catch(() => undefined);
  try {
    await inner.write(answer(outer === undefined ? REFUSED : GRANTED));
    if (outer === undefined) return;
    open.add(outer);
    await Promise.all([
      inner.readable.pipeTo(outer.writable),
      outer.readable.pipeTo(inner.writable),
    ]);
  } finally {
    // Also when the road was closed while it was connecting.
    if (outer !== undefined) closeOnce(outer);
  }
}

const VERSION = 5;
const GRANTED = 0;
const REFUSED = 5;
const NAME = 3;
const IPV4 = 1;

function answer(code: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array([VERSION, code, 0, IPV4, 0, 0, 0, 0, 0, 0]);
}

async function addressLength(inner: Deno.Conn, kind: number): Promise<number> {
  if (kind === IPV4) return 4;
  if (kind !== NAME) return 16;
  const [length = 0] = await readExactly(inner, 1);
  return length;
}

async function readExactly(
  inner: Deno.Conn,
  length: number,
): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length;) {
    const count = await inner.read(bytes.subarray(at));
    if (count === null) throw new Deno.errors.UnexpectedEof();
    at += count;
  }
  return bytes;
}

/** Pipes close what they are done with. */
function closeOnce(connection: Deno.Conn): void {
  try {
    connection.close();
  } catch (error) {
    if (!(error instanceof Deno.errors.BadResource)) throw error;
  }
}

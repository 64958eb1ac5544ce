import { type HttpRequest, readRequest } from "./http_request.ts";

/**
 * A fake provider on 127.0.0.1. It does not compute anything: it plays a script in which a test has
 * written the provider's answers byte by byte, so that broken ones can be told too.
 *
 *     ### POST /v1/chat/completions
 *     HTTP/1.1 429 Too Many Requests
 *     retry-after: 0
 *
 *     {"error": {"message": "Slow down"}}
 *
 * Each `###` is one exchange, in order; the line is the request that is expected. After its
 * answer the connection is closed. `{{server}}` stands for its own address, `{{hang}}` keeps the connection open
 * until the test ends, `{{empty}}` is an answer without a byte.
 */
export interface FakeProvider {
  /** `127.0.0.1:<port>`. */
  readonly host: string;
  /** Requests so far, in order. */
  readonly requests: readonly HttpRequest[];
  /** The request lines that the script expects. */
  readonly expected: readonly string[];
  stop(): Promise<void>;
}

/** Starts a fake provider that plays a script. */
export function startFake(script: string): FakeProvider {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const host = `127.0.0.1:${listener.addr.port}`;
  const exchanges = parseScript(script.replaceAll("{{server}}", host));
  const requests: HttpRequest[] = [];
  const connections = new Set<Deno.Conn>();
  const serving = serve(listener, async (connection) => {
    connections.add(connection);
    const request = await readRequest(connection);
    if (request === undefined) return;
    requests.push(request);
    const answer = exchanges[requests.length - 1]?.answer ??
      "HTTP/1.1 599 Script Is At Its End\n\n";
    await play(connection, answer);
  });
  return {
    host,
    requests,
    expected: exchanges.map(({ line }) => line),
    async stop() {
      listener.close();
      for (const each of connections) close(each);
      await serving;
    },
  };
}

async function serve(
  listener: Deno.Listener,
  answer: (connection: Deno.Conn) => Promise<void>,
): Promise<void> {
  const answers: Promise<void>[] = [];
  for await (const connection of listener) {
    // A client that is gone is no concern of the server's.
    answers.push(answer(connection).catch(() => {}));
  }
  await Promise.all(answers);
}

async function play(connection: Deno.Conn, answer: string): Promise<void> {
  const hangs = answer.includes("{{hang}}");
  const bytes = new TextEncoder().encode(
    withHead(answer.replace(/\{\{hang\}\}\n*/, "")),
  );
  const writer = connection.writable.getWriter();
  await writer.write(bytes);
  writer.releaseLock();
  if (!hangs) close(connection);
}

function close(connection: Deno.Conn): void {
  try {
    connection.close();
  } catch {
    // It is closed already.
  }
}

/** Ends header lines as HTTP wants it, and says that the connection is closed after the answer. */
function withHead(answer: string): string {
  if (answer.startsWith("{{empty}}")) return "";
  const end = answer.indexOf("\n\n");
  const head = answer.slice(0, end).replaceAll("\n", "\r\n");
  return `${head}\r\nconnection: close\r\n\r\n${answer.slice(end + 2)}`;
}

interface Exchange {
  readonly line: string;
  readonly answer: string;
}

function parseScript(script: string): readonly Exchange[] {
  return script.split(/^### /m).slice(1).map((text) => {
    const end = text.indexOf("\n");
    return { line: text.slice(0, end), answer: text.slice(end + 1) };
  });
}

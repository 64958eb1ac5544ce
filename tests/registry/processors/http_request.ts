/** A request as a server of these tests has read it. */
export interface HttpRequest {
  /** `POST /v1/predictions`. */
  readonly line: string;
  /** Names in lower case. */
  readonly headers: Headers;
  readonly body: Uint8Array;
}

/** Reads one HTTP/1.1 request from a connection; undefined when it is closed before one has come. */
export async function readRequest(
  connection: Deno.Conn,
): Promise<HttpRequest | undefined> {
  let bytes = new Uint8Array();
  for await (
    const piece of connection.readable.values({ preventCancel: true })
  ) {
    bytes = joined(bytes, piece);
    const request = parse(bytes);
    if (request !== undefined) return request;
  }
  return undefined;
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(a.byteLength + b.byteLength);
  both.set(a);
  both.set(b, a.byteLength);
  return both;
}

/** The request in some bytes; undefined as long as it is not complete. */
function parse(bytes: Uint8Array): HttpRequest | undefined {
  const text = new TextDecoder("latin1").decode(bytes);
  const end = text.indexOf("\r\n\r\n");
  if (end < 0) return undefined;
  const [first = "", ...lines] = text.slice(0, end).split("\r\n");
  const headers = new Headers(lines.map(headerOf));
  const rest = bytes.subarray(end + 4);
  const body = headers.get("transfer-encoding") === "chunked"
    ? dechunked(rest)
    : sized(rest, Number(headers.get("content-length") ?? 0));
  const line = first.replace(/ HTTP\/1\.1$/, "");
  return body && { line, headers, body };
}

function headerOf(line: string): [string, string] {
  const colon = line.indexOf(":");
  return [line.slice(0, colon), line.slice(colon + 1).trim()];
}

function sized(bytes: Uint8Array, size: number): Uint8Array | undefined {
  return bytes.byteLength < size ? undefined : bytes.subarray(0, size);
}

function dechunked(bytes: Uint8Array): Uint8Array | undefined {
  const pieces: number[] = [];
  for (let at = 0;;) {
    const lineEnd = bytes.indexOf(10, at);
    if (lineEnd < 0) return undefined;
    const head = new TextDecoder().decode(bytes.subarray(at, lineEnd));
    const size = parseInt(head, 16);
    if (bytes.byteLength < lineEnd + 1 + size + 2) return undefined;
    if (size === 0) return Uint8Array.from(pieces);
    pieces.push(...bytes.subarray(lineEnd + 1, lineEnd + 1 + size));
    at = lineEnd + 1 + size + 2;
  }
}

/** Messages as they go over a stream, each after its `Content-Length`. */
export function framed(...messages: readonly object[]): string {
  return messages.map((each) => {
    const body = JSON.stringify({ jsonrpc: "2.0", ...each });
    const { length } = new TextEncoder().encode(body);
    return `Content-Length: ${length}\r\n\r\n${body}`;
  }).join("");
}

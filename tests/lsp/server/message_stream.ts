/** Takes a stream of framed messages apart. */
export async function* messagesOf(
  stream: ReadableStream<Uint8Array>,
): AsyncGenerator<unknown> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  let need = 1;
  for await (const chunk of stream) {
    chunks.push(chunk);
    size += chunk.length;
    if (size < need) continue;
    let rest = joined(chunks.splice(0), size);
    for (;;) {
      const frame = frameOf(rest);
      need = frame?.end ?? rest.length + 1;
      if (frame === undefined || rest.length < frame.end) break;
      yield JSON.parse(
        new TextDecoder().decode(rest.subarray(frame.start, frame.end)),
      );
      rest = rest.subarray(frame.end);
    }
    chunks.push(rest);
    size = rest.length;
  }
  if (size > 0) throw new Error(`${size} bytes after the last message`);
}

function joined(chunks: readonly Uint8Array[], size: number) {
  const all = new Uint8Array(size);
  let at = 0;
  for (const each of chunks) {
    all.set(each, at);
    at += each.length;
  }
  return all;
}

/** Where the body of the first message is, as far as the headers are complete. */
function frameOf(
  bytes: Uint8Array,
): { readonly start: number; readonly end: number } | undefined {
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, 200));
  const close = head.indexOf("\r\n\r\n");
  if (close < 0) return undefined;
  const found = /^Content-Length: (\d+)$/.exec(head.slice(0, close));
  if (found === null) throw new Error(`No header: ${head.slice(0, close)}`);
  return { start: close + 4, end: close + 4 + Number(found[1]) };
}

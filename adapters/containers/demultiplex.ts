/** Bytes before each piece: the stream, three zeroes, the length of the piece as a big-endian number. */
const HEADER = 8;

/**
 * The lines of a log as engines send it: pieces of standard output and standard error, each with a header, cut anywhere.
 * Lines of the two are told apart, and come in the order in which they end.
 */
export async function* demultiplexed(
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<string> {
  const texts = new Map<number, LineText>();
  let rest: Uint8Array<ArrayBufferLike> = new Uint8Array();
  for await (const piece of pieces) {
    rest = joined(rest, piece);
    for (let frame; (frame = frameIn(rest)) !== undefined;) {
      rest = frame.rest;
      const text = texts.get(frame.stream) ?? lineText();
      texts.set(frame.stream, text);
      yield* text.add(frame.content);
    }
  }
  for (const text of texts.values()) yield* text.end();
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) return b;
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

interface Frame {
  readonly stream: number;
  readonly content: Uint8Array;
  readonly rest: Uint8Array;
}

function frameIn(bytes: Uint8Array): Frame | undefined {
  if (bytes.length < HEADER) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, HEADER);
  const end = HEADER + view.getUint32(4);
  if (bytes.length < end) return undefined;
  return {
    stream: view.getUint8(0),
    content: bytes.subarray(HEADER, end),
    rest: bytes.subarray(end),
  };
}

interface LineText {
  add(content: Uint8Array): readonly string[];
  /** A last line without an end. */
  end(): readonly string[];
}

function lineText(): LineText {
  const decoder = new TextDecoder();
  let text = "";
  return {
    add(content) {
      const lines = (text + decoder.decode(content, { stream: true }))
        .split(/\r?\n/);
      text = lines.pop() ?? "";
      return lines;
    },
    end: () => {
      text += decoder.decode();
      return text === "" ? [] : [text];
    },
  };
}

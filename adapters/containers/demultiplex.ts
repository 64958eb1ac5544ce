/** Bytes before each piece: the stream, three zeroes, the length of the piece as a big-endian number. */
const HEADER = 8;

/** A line of a log, and whether it is of standard output (1) or standard error (2). */
export interface LogLine {
  readonly stream: number;
  readonly text: string;
}

/** The lines of a log, without the streams that they are of; see {@linkcode linesByStream}. */
export async function* demultiplexed(
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<string> {
  for await (const { text } of linesByStream(pieces)) yield text;
}

/**
 * The lines of a log as engines send it: pieces of standard output and standard error, each with a header, cut anywhere.
 * Lines of the two are told apart, and come in the order in which they end.
 */
export async function* linesByStream(
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<LogLine> {
  const texts = new Map<number, LineText>();
  let rest: Uint8Array<ArrayBufferLike> = new Uint8Array();
  for await (const piece of pieces) {
    rest = joined(rest, piece);
    for (let frame; (frame = frameIn(rest)) !== undefined;) {
      rest = frame.rest;
      const text = texts.get(frame.stream) ?? lineText();
      texts.set(frame.stream, text);
      const { stream } = frame;
      yield* text.add(frame.content).map((text) => ({ stream, text }));
    }
  }
  for (const [stream, text] of texts) {
    yield* text.end().map((text) => ({ stream, text }));
  }
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

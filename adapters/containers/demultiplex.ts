import { streamRedactor } from "../../schemas/mod.ts";

/** Bytes before each piece: the stream, three zeroes, the length of the piece as a big-endian number. */
const HEADER = 8;

/** Most characters of a line. A longer one comes in pieces, so that one without an end does not fill the memory. */
const LONGEST = 2 ** 20;

type Pieces = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** A line of a log, and whether it is of standard output (1) or standard error (2). */
export interface LogLine {
  readonly stream: number;
  readonly text: string;
}

/** The lines of a log, without the streams that they are of; see {@linkcode linesByStream}. */
export async function* demultiplexed(
  pieces: Pieces,
  secrets: readonly string[] = [],
): AsyncGenerator<string> {
  for await (const { text } of linesByStream(pieces, secrets)) yield text;
}

/**
 * The lines of a log as engines send it: pieces of standard output and standard error, each with a header, cut anywhere.
 * Lines of the two are told apart, and come in the order in which they end. Values of secrets are hidden in them, also
 * those of more than one line.
 */
export async function* linesByStream(
  pieces: Pieces,
  secrets: readonly string[] = [],
): AsyncGenerator<LogLine> {
  const texts = new Map<number, LineText>();
  const frames = frameReader();
  for await (const piece of pieces) {
    for (const { stream, content } of frames.contentsOf(piece)) {
      const text = texts.get(stream) ?? lineText(secrets);
      texts.set(stream, text);
      yield* text.add(content).map((text) => ({ stream, text }));
    }
  }
  for (const [stream, text] of texts) {
    yield* text.end().map((text) => ({ stream, text }));
  }
}

interface Content {
  readonly stream: number;
  readonly content: Uint8Array;
}

interface FrameReader {
  /** What is in the next bytes of a log, besides headers. */
  contentsOf(bytes: Uint8Array): Generator<Content>;
}

function frameReader(): FrameReader {
  const header = new DataView(new ArrayBuffer(HEADER));
  let ofHeader = 0;
  let ofContent = 0;
  return {
    *contentsOf(bytes) {
      for (let at = 0; at < bytes.length;) {
        if (ofContent === 0) {
          header.setUint8(ofHeader++, bytes[at++] ?? 0);
          if (ofHeader < HEADER) continue;
          ofHeader = 0;
          ofContent = header.getUint32(4);
        } else {
          const content = bytes.subarray(at, at + ofContent);
          at += content.length;
          ofContent -= content.length;
          yield { stream: header.getUint8(0), content };
        }
      }
    },
  };
}

interface LineText {
  add(content: Uint8Array): readonly string[];
  /** A last line without an end. */
  end(): readonly string[];
}

function lineText(secrets: readonly string[]): LineText {
  const decoder = new TextDecoder();
  const redactor = streamRedactor(secrets);
  let text = "";
  const linesWith = (shown: string) => {
    const lines = (text + shown).split(/\r?\n/).flatMap(inPieces);
    text = lines.pop() ?? "";
    return lines;
  };
  return {
    add: (content) =>
      linesWith(redactor.push(decoder.decode(content, { stream: true }))),
    end() {
      const lines = linesWith(redactor.push(decoder.decode()) + redactor.end());
      return text === "" ? lines : [...lines, text];
    },
  };
}

/** Characters of two units are not cut. */
function inPieces(line: string): readonly string[] {
  const pieces: string[] = [];
  let rest = line;
  while (rest.length > LONGEST) {
    const end = rest.slice(0, LONGEST).isWellFormed() ? LONGEST : LONGEST - 1;
    pieces.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return [...pieces, rest];
}

import { diagnose } from "./diagnose.ts";
import type { Diagnostic } from "./diagnostic.ts";
import {
  type Language,
  MAX_DOCUMENT_BYTES,
  positions,
  type Source,
} from "./source.ts";
import { invalidUtf8At } from "./utf8.ts";

/** A document's text, and what is wrong with its bytes. With errors, parsing the text is of no use. */
export interface Decoded {
  readonly source: Source;
  readonly problems: readonly Diagnostic[];
}

const MIB = 1024 * 1024;

/** Turns the bytes of a document into text: UTF-8, at most 16 MiB, a byte order mark taken away. */
export function decodeSource(
  bytes: Uint8Array,
  name: string,
  language: Language,
): Decoded {
  if (bytes.length > MAX_DOCUMENT_BYTES) {
    return tooLarge(bytes.length, { name, language });
  }
  const utf16 = utf16Kind(bytes);
  if (utf16 !== undefined) {
    return failed("ERR_DOCUMENT_ENCODING", {
      source: { name, language, text: "" },
      message: `Cannot read "${name}": it is encoded as ${utf16}`,
      expected: "UTF-8",
    });
  }
  const bad = invalidUtf8At(bytes);
  // What is invalid is read as U+FFFD.
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  const source = { name, language, text };
  if (bad === undefined) return readable(source);
  return badByte({ ...source, text: withoutMark(text) }, { bytes, bad });
}

/** The same about a document that somebody else has decoded, an editor say, with or without its mark. */
export function decodeText({ name, language, text }: Source): Decoded {
  // A unit of UTF-16 becomes three bytes at most.
  if (text.length > MAX_DOCUMENT_BYTES / 3) {
    const { length } = new TextEncoder().encode(text);
    if (length > MAX_DOCUMENT_BYTES) {
      return tooLarge(length, { name, language });
    }
  }
  return readable({ name, language, text });
}

const MARK = "\ufeff";

function withoutMark(text: string): string {
  return text.startsWith(MARK) ? text.slice(MARK.length) : text;
}

function readable({ name, language, text }: Source): Decoded {
  const source = { name, language, text: withoutMark(text) };
  if (source.text.trim() === "") {
    return failed("ERR_DOCUMENT_EMPTY", {
      source,
      message: `Cannot read "${name}": it is empty`,
      expected: '{"schema": "v1", "params": {…}}',
    });
  }
  const marked = source.text !== text;
  return { source, problems: marked ? [markProblem(name)] : [] };
}

function tooLarge(
  length: number,
  { name, language }: Pick<Source, "name" | "language">,
): Decoded {
  const size = `${(Math.ceil(length / MIB * 10) / 10).toFixed(1)} MiB`;
  return failed("ERR_DOCUMENT_TOO_LARGE", {
    source: { name, language, text: "" },
    message: `Cannot read "${name}": it has ${size}`,
    expected: `at most ${MAX_DOCUMENT_BYTES / MIB} MiB`,
  });
}

function badByte(
  source: Source,
  { bytes, bad }: { readonly bytes: Uint8Array; readonly bad: number },
): Decoded {
  const start = new TextDecoder().decode(bytes.subarray(0, bad)).length;
  const { line, column } = positions(source.text)(start);
  const hex = (bytes[bad] ?? 0).toString(16).padStart(2, "0");
  const problem = diagnose(
    "ERR_DOCUMENT_ENCODING",
    `Cannot read "${source.name}": byte ${bad} (0x${hex}, line ${line}, column ${column}) is not UTF-8`,
    { span: { start, end: start + 1 }, expected: "UTF-8" },
  );
  return { source, problems: [problem] };
}

function markProblem(name: string): Diagnostic {
  return diagnose(
    "WARN_BOM",
    `Cannot keep the byte order mark of "${name}": it was taken away`,
    { span: { start: 0, end: 0 }, expected: "UTF-8 without a mark" },
  );
}

function failed(
  code: string,
  { source, message, expected }: {
    readonly source: Source;
    readonly message: string;
    readonly expected: string;
  },
): Decoded {
  const span = { start: 0, end: 0 };
  return { source, problems: [diagnose(code, message, { span, expected })] };
}

/** UTF-16 by its mark, or by the zero bytes that ASCII has in it. */
function utf16Kind([a, b]: Uint8Array): string | undefined {
  if (a === 0xff && b === 0xfe) return "UTF-16LE";
  if (a === 0xfe && b === 0xff) return "UTF-16BE";
  if (a !== undefined && a !== 0 && b === 0) return "UTF-16LE";
  return a === 0 && b !== undefined && b !== 0 ? "UTF-16BE" : undefined;
}

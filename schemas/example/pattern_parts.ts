/** A regular expression taken apart, as far as writing a matching text needs it. */
export type Alternatives = readonly (readonly Repeated[])[];

export interface Repeated {
  readonly atom: Atom;
  readonly min: number;
  readonly max: number;
}

export type Atom =
  | { readonly kind: "group"; readonly alternatives: Alternatives }
  /** A few of the characters that match; none for what has no width. */
  | { readonly kind: "character"; readonly characters: readonly string[] };

/** Takes a Unicode pattern apart; undefined for backreferences and what is not well-formed. */
export function parsePattern(pattern: string): Alternatives | undefined {
  const reader: Reader = { pattern, at: 0 };
  try {
    new RegExp(pattern, "u");
    return readAlternatives(reader);
  } catch {
    return undefined;
  }
}

interface Reader {
  readonly pattern: string;
  at: number;
}

function readAlternatives(reader: Reader): Alternatives {
  const alternatives = [readSequence(reader)];
  while (take(reader, /^\|/)) alternatives.push(readSequence(reader));
  return alternatives;
}

function readSequence(reader: Reader): readonly Repeated[] {
  const sequence: Repeated[] = [];
  while (reader.at < reader.pattern.length && !/^[|)]/.test(rest(reader))) {
    if (take(reader, /^[\^$]|^\\[bB]/)) continue;
    const atom = readAtom(reader);
    const [min, max] = readQuantifier(reader);
    sequence.push({ atom, min, max });
  }
  return sequence;
}

function readAtom(reader: Reader): Atom {
  const look = take(reader, /^\(\?<?[=!]/);
  if (look || take(reader, /^\((\?:|\?<\w+>)?/)) {
    const alternatives = readAlternatives(reader);
    reader.at++;
    return look
      ? { kind: "character", characters: [] }
      : { kind: "group", alternatives };
  }
  const one = take(
    reader,
    /^\[(?:\\.|[^\]\\])*\]|^\\(?:u\{\w+\}|u\w{4}|x\w{2}|p\{[^}]*\}|P\{[^}]*\}|c[A-Za-z]|[^1-9k])|^[^\\]/u,
  );
  if (one === undefined) throw new SyntaxError("Cannot read pattern");
  return { kind: "character", characters: matching(one) };
}

function readQuantifier(reader: Reader): readonly [number, number] {
  const text = take(reader, /^(?:[*+?]|\{\d+(?:,\d*)?\})\??/);
  if (text === undefined) return [1, 1];
  if (text.startsWith("*")) return [0, Infinity];
  if (text.startsWith("+")) return [1, Infinity];
  if (text.startsWith("?")) return [0, 1];
  const [, min = "", comma, max = ""] = /^\{(\d+)(,?)(\d*)\}/.exec(text) ?? [];
  if (!comma) return [Number(min), Number(min)];
  return [Number(min), max === "" ? Infinity : Number(max)];
}

const USUAL =
  "aA0bB1cC2-_./ :@#+,=!?%&*()'\"<>[]{}|\\^`~;$xyzXYZ3456789\n\téΩ中";

/** Characters that one class, escape or literal matches, the usual ones first. */
function matching(one: string): readonly string[] {
  const expression = new RegExp(`^(?:${one})$`, "u");
  const candidates = [...new Set([...USUAL, ...one])];
  const found = candidates.filter((each) => expression.test(each));
  return found.length > 0 ? found.slice(0, 8) : decoded(one);
}

/** An escape for a single character outside the usual ones. */
function decoded(one: string): readonly string[] {
  const digits = /^\\[ux]\{?([0-9A-Fa-f]+)\}?$/.exec(one)?.[1];
  if (digits === undefined) throw new SyntaxError(`Cannot match "${one}"`);
  return [String.fromCodePoint(parseInt(digits, 16))];
}

function take(reader: Reader, expression: RegExp): string | undefined {
  const found = expression.exec(rest(reader))?.[0];
  if (found !== undefined) reader.at += found.length;
  return found;
}

function rest(reader: Reader): string {
  return reader.pattern.slice(reader.at);
}

/** What an archive holds; paths are relative, with `/`. */
export type TarEntry =
  | TarPlace & { readonly kind: "folder" }
  | TarPlace & { readonly kind: "link"; readonly target: string }
  | TarPlace & {
    readonly kind: "file";
    readonly size: number;
    /** Exactly `size` bytes. */
    readonly content: () => AsyncIterable<Uint8Array>;
  };

interface TarPlace {
  readonly path: string;
  /** Permission bits. */
  readonly mode: number;
  readonly modified: Date;
}

const BLOCK = 512;
const TYPE = { file: "0", link: "2", folder: "5", extended: "x" } as const;

/**
 * An archive in the form of POSIX.1-2001 (pax), owned by root, piece by piece.
 * Format: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html
 */
export async function* tar(
  entries: Iterable<TarEntry> | AsyncIterable<TarEntry>,
): AsyncGenerator<Uint8Array> {
  for await (const entry of entries) {
    yield* headers(entry);
    if (entry.kind !== "file") continue;
    yield* entry.content();
    yield padding(entry.size);
  }
  yield new Uint8Array(2 * BLOCK);
}

function* headers(entry: TarEntry): Generator<Uint8Array> {
  const path = entry.kind === "folder" ? `${entry.path}/` : entry.path;
  const target = entry.kind === "link" ? entry.target : "";
  const size = entry.kind === "file" ? entry.size : 0;
  const records = [
    ...(fits(path) ? [] : [record("path", path)]),
    ...(fits(target) ? [] : [record("linkpath", target)]),
    ...(size < 8 ** 11 ? [] : [record("size", `${size}`)]),
  ];
  if (records.length > 0) yield* extended(records.join(""), entry);
  yield header({ ...entry, path, target, size, type: TYPE[entry.kind] });
}

/** Whether every reader takes it as it is. */
function fits(name: string): boolean {
  return name.length <= 100 && /^[\x20-\x7e]*$/.test(name);
}

/** Its length counts itself. */
function record(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  const bytes = encode(rest).length;
  const digits = `${bytes + `${bytes}`.length}`.length;
  return `${bytes + digits}${rest}`;
}

function* extended(text: string, { mode, modified }: TarEntry) {
  const bytes = encode(text);
  const type = TYPE.extended;
  const size = bytes.length;
  yield header({ path: "pax", mode, modified, target: "", size, type });
  yield bytes;
  yield padding(size);
}

interface Header extends TarPlace {
  readonly target: string;
  readonly size: number;
  readonly type: string;
}

function header(
  { path, mode, modified, target, size, type }: Header,
): Uint8Array {
  const block = new Uint8Array(BLOCK);
  const put = (at: number, bytes: Uint8Array, most: number) =>
    block.set(bytes.subarray(0, most), at);
  const octal = (value: number, digits: number) =>
    encode(value.toString(8).padStart(digits, "0").slice(-digits));
  put(0, encode(path), 100);
  put(100, octal(mode & 0o7777, 7), 7);
  put(108, octal(0, 7), 7);
  put(116, octal(0, 7), 7);
  put(124, octal(size < 8 ** 11 ? size : 0, 11), 11);
  put(136, octal(Math.max(0, Math.floor(modified.getTime() / 1000)), 11), 11);
  put(148, encode("        "), 8);
  put(156, encode(type), 1);
  put(157, encode(target), 100);
  put(257, encode("ustar\x0000"), 8);
  const sum = block.reduce((all, byte) => all + byte, 0);
  put(148, encode(`${sum.toString(8).padStart(6, "0")}\0 `), 8);
  return block;
}

function padding(size: number): Uint8Array {
  return new Uint8Array((BLOCK - size % BLOCK) % BLOCK);
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

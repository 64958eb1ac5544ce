/**
 * What the page asks of its Worker beside the protocol of the language server. Every call is one message there and one
 * back, so that arguments and results are plain values.
 */
export interface Backstage {
  /** The processors that a document can name, the page's own one included. */
  processors(): readonly Processor[];
  /** Puts a file beside the documents; one of the same name is replaced. */
  put(file: NewFile): FileFacts;
  remove(name: string): void;
  /** A document that passes the check for a processor; undefined when there is no such processor. */
  example(about: Wanted): string | undefined;
  /** The same document in another language, without comments; undefined while it cannot be read. */
  converted(about: Conversion): string | undefined;
  /** What a code means; undefined for one that nobody knows. */
  explained(code: string): Explanation | undefined;
}

export type Language = "json" | "yaml";

export interface Processor {
  readonly ref: string;
  readonly title: string;
}

export interface NewFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface FileFacts {
  /** As a run computes it. */
  readonly cid: string;
  readonly mime: string;
  /** The number of bytes, for people. */
  readonly size: string;
}

export interface Wanted {
  readonly ref: string;
  readonly language: Language;
}

export interface Conversion {
  readonly text: string;
  readonly from: Language;
  readonly to: Language;
}

export interface Explanation {
  readonly meaning: string;
  readonly cause: string;
  readonly fix: string;
}

/** The first message to the Worker: where it finds its client. */
export interface Opening {
  readonly port: MessagePort;
}

/** A call, and its answer. */
export interface Call {
  readonly id: number;
  readonly name: keyof Backstage;
  readonly argument: unknown;
}

export type Answer =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly error: string };

/** The absolute folder in which documents and files seem to lie. */
export const FOLDER = "/playground";

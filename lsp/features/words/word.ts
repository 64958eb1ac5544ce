import type { Span } from "../../../schemas/mod.ts";

/** A word of a document that stands for something. */
export type Word =
  | AttachmentWord
  | ProcessorWord
  | FileWord
  | UrlWord
  | PartWord;

interface AnyWord {
  /** As it is written, quotes included. */
  readonly span: Span;
}

/** The name of an attachment. */
export interface AttachmentWord extends AnyWord {
  readonly kind: "attachment";
  readonly name: string;
  readonly role: "use" | "declaration";
  /** Names in comments have no quotes. */
  readonly written: "value" | "comment";
  /** Names of one rule of the settings have the same. */
  readonly group?: number;
}

/** The ref of a processor; an entry declares its own. */
export interface ProcessorWord extends AnyWord {
  readonly kind: "processor";
  readonly ref: string;
  readonly role: "use" | "declaration";
}

/** The path of a file. */
export interface FileWord extends AnyWord {
  readonly kind: "file";
  /** Absolute. */
  readonly file: string;
}

/** The address of a page. */
export interface UrlWord extends AnyWord {
  readonly kind: "url";
  readonly url: string;
}

/** Names another part of the same document. */
export interface PartWord extends AnyWord {
  readonly kind: "part";
  readonly target: Span;
}

/** The first word at an offset, also right behind its end. */
export function wordAt(
  words: readonly Word[],
  offset: number,
): Word | undefined {
  return words.find(({ span }) => span.start <= offset && offset <= span.end);
}

import type { Diagnostic } from "./diagnostic.ts";
import type { Entry } from "./entry.ts";
import type { JsonObject } from "./json.ts";
import type { Mode } from "./mode.ts";
import type { Source, Span } from "./source.ts";
import type { Tree } from "./tree.ts";

/** Who gave a path, which says what it is relative to; those of settings are absolute. */
export type PathGiver = "document" | "command" | "settings";

/** What the checker may ask about the world. Everything is optional in effect: what is unknown stays silent. */
export interface CheckContext {
  /** The entry of a ref; `known` are the refs to suggest from. */
  readonly registry: RegistryView;
  /** The processor, when the caller names it (`--ref`); it wins over `$processor`. */
  readonly ref?: string;
  /** The processor where neither the caller nor the document names one. */
  readonly fallback?: Fallback;
  /** Attachments declared outside the document (`--attach`), name → path as given. */
  readonly attachments: ReadonlyMap<string, string>;
  /** Attachments that settings declare; those of the caller and the document win over them. */
  readonly settings?: ReadonlyMap<string, SettingsAttachment>;
  /**
   * Whether `attachments` is all there is. When false (an editor, `check`), an unknown name is a hint
   * and an unused one is silent.
   */
  readonly attachmentsComplete: boolean;
  /** What is at a path: those of `$attachments` are relative to the document. */
  readonly probe: (path: string, from: PathGiver) => FileState;
  /** Mode given on the command line; wins over the document's. */
  readonly mode?: Mode;
}

/** A place in another document. */
export interface PlaceElsewhere {
  /** Absolute path of the document. */
  readonly source: string;
  readonly span: Span;
}

/** A processor that something around a document says it is for: settings, or the entry that it lies beside. */
export interface Fallback {
  readonly ref: string;
  /** Counts when the registry does not know the ref. */
  readonly entry?: Entry;
  /** Where it is said. */
  readonly at?: PlaceElsewhere;
}

/** A file that settings attach to a document. */
export interface SettingsAttachment {
  /** Absolute. */
  readonly path: string;
  /** Where it is declared. */
  readonly at?: PlaceElsewhere;
}

export interface RegistryView {
  entry(ref: string): Entry | undefined;
  readonly refs: readonly string[];
  /**
   * Why the entry of a ref cannot be used, where `entry` answers undefined for one that is there but wrong. Without
   * it, `entry` throws.
   */
  readonly broken?: (ref: string) => BrokenEntry | undefined;
}

/** An entry that is there and cannot be used. */
export interface BrokenEntry {
  readonly message: string;
  /** Where the first mistake is. */
  readonly at: PlaceElsewhere;
}

export type FileState =
  | { readonly kind: "file"; readonly size: number }
  | { readonly kind: "directory" | "missing" | "unreadable" | "unknown" };

/** The checker's answer: every finding, and the document as far as it could be understood. */
export interface Checked {
  readonly tree: Tree;
  readonly diagnostics: readonly Diagnostic[];
  readonly document?: InputsDocument;
}

/** Who can name the processor of a document, the strongest first. */
export type RefGiver = "caller" | "document" | "comment" | "fallback";

/** An inputs document without errors, which alone may be attached and sent. */
export type CheckedOk = Checked & {
  readonly document: InputsDocument;
  readonly [OK]: true;
};

declare const OK: unique symbol;

export interface InputsDocument {
  /** Missing when neither the caller nor the document names a processor. */
  readonly ref?: string;
  readonly entry?: Entry;
  /** Who names the processor, if anybody does; a comment is a modeline. */
  readonly refFrom?: RefGiver;
  /** As written in the document (new spelling); undefined when it names none. */
  readonly mode?: Mode;
  /** `{schema: "v1", params, …}` without `mode` and `$` directives unless the entry declares them; `$attach` still in place. */
  readonly payload: JsonObject;
  /** Every declared attachment that is used, by name. */
  readonly attachments: readonly DeclaredAttachment[];
  /** Every `{"$attach": …}` in the document. */
  readonly uses: readonly AttachmentUse[];
}

export interface DeclaredAttachment {
  readonly name: string;
  /** As declared. */
  readonly path: string;
  readonly from: PathGiver;
}

export interface AttachmentUse {
  readonly name: string;
  /** Of the whole `{"$attach": …}` object. */
  readonly span: Span;
  readonly pointer: string;
}

/** The checker. Pure: same source and same answers of the context, same diagnostics, in order of position. */
export type Check = (source: Source, context: CheckContext) => Checked;

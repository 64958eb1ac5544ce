import type { Edit, Path, Span } from "../../../schemas/mod.ts";
import type { Scope } from "../../feature.ts";
import type { View } from "../../view.ts";
import type { Cursor } from "../cursor/cursor.ts";
import type { DocumentGuide } from "../document_guide.ts";
import type { Stops } from "./stops.ts";

/** What completion may ask of the world and the client. */
export interface CompletionScope {
  readonly registry: Scope["registry"];
  readonly host: { readonly files: Pick<Scope["host"]["files"], "list"> };
  readonly client: Pick<Scope["client"], "snippets">;
}

/** One place that is to be completed. */
export interface Ask {
  readonly view: View;
  readonly cursor: Cursor;
  readonly guide: DocumentGuide;
  readonly scope: CompletionScope;
}

/** What may stand at a place. */
export interface Proposal {
  readonly label: string;
  readonly kind: ProposalKind;
  /** A few words beside the label. */
  readonly detail?: string;
  /** What is typed to find it, if that is not the label. */
  readonly filter?: string;
  /** What it takes the place of, if that is not the slot of the cursor. */
  readonly span?: Span;
  readonly write: Write;
  readonly preselect?: boolean;
  /** Changes elsewhere in the document. */
  readonly edits?: readonly Edit[];
  /** What its documentation is looked up by. */
  readonly about?: About;
}

/** Writes what is inserted; lines after the first begin with `nested` blanks, or more. */
export type Write = (stops: Stops, nested: number) => string;

export type ProposalKind =
  | "key"
  | "value"
  | "ref"
  | "attachment"
  | "file"
  | "folder"
  | "document";

export type About =
  | { readonly path: Path }
  | { readonly ref: string };

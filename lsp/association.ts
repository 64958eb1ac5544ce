import type {
  Entry,
  PlaceElsewhere,
  SettingsAttachment,
} from "../schemas/mod.ts";

/** Who says which processor a document is for. The first of these that names one counts. */
export type AssociationSource =
  | "document"
  | "modeline"
  | "settings"
  | "nearest entry"
  | "none";

/** The processor of an inputs document, and attachments that are declared outside of it. */
export interface Association {
  readonly from: AssociationSource;
  readonly ref?: string;
  readonly entry?: Entry;
  /** Absolute path of the file that says so, when it is not the document. */
  readonly file?: string;
  /** Where in that file. */
  readonly at?: PlaceElsewhere;
  /** Declared by the settings: name → absolute path. */
  readonly attachments: ReadonlyMap<string, string>;
  /** The same, with where they are declared. */
  readonly declared?: ReadonlyMap<string, SettingsAttachment>;
}

/** Nobody says anything about a document. */
export const NO_ASSOCIATION: Association = {
  from: "none",
  attachments: new Map(),
};

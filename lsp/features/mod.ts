import type { AnyFeature } from "../feature.ts";
import { CODE_ACTIONS } from "./code_actions.ts";
import { DEFINITION } from "./definition.ts";
import { DOCUMENT_HIGHLIGHT } from "./document_highlight.ts";
import { DOCUMENT_SYMBOLS } from "./document_symbols.ts";
import { REFERENCES } from "./references.ts";

/** Everything the server answers about a document, in the order of the method support matrix in docs/editors.md. */
export const FEATURES: readonly AnyFeature[] = [
  DEFINITION,
  REFERENCES,
  DOCUMENT_HIGHLIGHT,
  DOCUMENT_SYMBOLS,
  CODE_ACTIONS,
];

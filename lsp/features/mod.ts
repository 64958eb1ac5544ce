import type { AnyFeature } from "../feature.ts";
import { CODE_ACTIONS } from "./code_actions.ts";
import { DOCUMENT_SYMBOLS } from "./document_symbols.ts";

/** Everything the server answers about a document, in the order of the method support matrix in docs/editors.md. */
export const FEATURES: readonly AnyFeature[] = [
  DOCUMENT_SYMBOLS,
  CODE_ACTIONS,
];

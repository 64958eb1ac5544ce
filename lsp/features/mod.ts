import type { AnyFeature, AnyWorkspaceFeature } from "../feature.ts";
import { CODE_ACTIONS } from "./code_actions.ts";
import { CODE_LENS } from "./code_lens.ts";
import { COMPLETION } from "./completion.ts";
import { COMPLETION_RESOLVE } from "./completion_resolve.ts";
import { DEFINITION } from "./definition.ts";
import { DOCUMENT_HIGHLIGHT } from "./document_highlight.ts";
import { DOCUMENT_LINKS } from "./document_links.ts";
import { DOCUMENT_SYMBOLS } from "./document_symbols.ts";
import { EXECUTE_COMMAND } from "./execute_command.ts";
import { FOLDING_RANGES } from "./folding_ranges.ts";
import { HOVER } from "./hover.ts";
import { INLAY_HINTS } from "./inlay_hints.ts";
import { FORMATTING, RANGE_FORMATTING } from "./formatting.ts";
import { PREPARE_RENAME, RENAME } from "./rename.ts";
import { REFERENCES } from "./references.ts";
import { RESOLVED, RESOLVED_TEXT } from "./resolved.ts";
import { SELECTION_RANGES } from "./selection_ranges.ts";
import { STATUS } from "./status.ts";
import { WORKSPACE_SYMBOLS } from "./workspace_symbols.ts";

/** Everything the server answers about a document or all of them, in the order of the method support matrix in docs/editors.md. */
export const FEATURES: readonly (AnyFeature | AnyWorkspaceFeature)[] = [
  COMPLETION,
  COMPLETION_RESOLVE,
  HOVER,
  DEFINITION,
  REFERENCES,
  DOCUMENT_HIGHLIGHT,
  PREPARE_RENAME,
  RENAME,
  DOCUMENT_LINKS,
  DOCUMENT_SYMBOLS,
  WORKSPACE_SYMBOLS,
  FOLDING_RANGES,
  SELECTION_RANGES,
  FORMATTING,
  RANGE_FORMATTING,
  INLAY_HINTS,
  CODE_ACTIONS,
  CODE_LENS,
  EXECUTE_COMMAND,
  RESOLVED,
  RESOLVED_TEXT,
  STATUS,
];

import { diagnose, inOrder } from "./diagnose.ts";
import type { Diagnostic } from "./diagnostic.ts";
import type { JsonObject } from "./json.ts";
import { applying } from "./json_schema/applying.ts";
import { nodeFinder } from "./json_schema/find_node.ts";
import { findingsOf } from "./json_schema/findings.ts";
import { schemaFinder } from "./json_schema/find_schema.ts";
import {
  type OpenSchema,
  openSchema,
  type OtherSchemas,
  type Verdict,
} from "./json_schema/open_schema.ts";
import { tidy } from "./json_schema/tidy.ts";
import { unitTree } from "./json_schema/unit_tree.ts";
import { unopened } from "./json_schema/unopened.ts";
import { type AttachmentPlaces, wording } from "./json_schema/wording.ts";
import type { Source, Span } from "./source.ts";
import { heightOf, type Node } from "./tree.ts";

export interface SchemaCheckOptions {
  /** The document; with it, findings have fixes that are written as the document is. */
  readonly source?: Source;
  /**
   * Where attachments stand, by pointer. What fails there, or because of what stands there, is told
   * as one `ERR_ATTACH_NOT_ACCEPTED`.
   */
  readonly attachments?: AttachmentPlaces;
}

/** Findings about a document, in order of position; one mistake is one finding. Never throws. */
export type SchemaCheck = (
  root: Node,
  options?: SchemaCheckOptions,
) => readonly Diagnostic[];

/**
 * Reads a draft-07 schema. @cfworker/json-schema decides what is valid; this reduces what it says to
 * the places where something can be mended. A `$ref` leads into the schema itself or into `others`; nothing is ever
 * fetched. A schema that cannot be applied is itself the finding
 * (`ERR_ENTRY_SCHEMA`).
 */
export function compileSchema(
  schema: JsonObject | boolean,
  others: OtherSchemas = new Map(),
): SchemaCheck {
  const isSurelyValid = others.size === 0 ? unopened(schema) : undefined;
  let opened: SchemaCheck | undefined;
  return (root, options) => {
    if (isSurelyValid?.(root)) return [];
    opened ??= compileOpened(schema, others);
    return opened(root, options);
  };
}

function compileOpened(
  schema: JsonObject | boolean,
  others: OtherSchemas,
): SchemaCheck {
  const open = openSchema(schema, others);
  if (!open.ok) return (root) => [unusable(root, open.reason)];
  const apply = applying(open.schema);
  return (root, options = {}) =>
    findingsIn(root, apply(root), { schema: open.schema, ...options });
}

function findingsIn(
  root: Node,
  verdict: Verdict,
  { schema, ...options }: SchemaCheckOptions & { readonly schema: OpenSchema },
): readonly Diagnostic[] {
  if (!verdict.ok) return [unusable(root, verdict.reason)];
  if (verdict.units === undefined) return [endless(root)];
  if (verdict.units.length === 0) return [];
  const findings = tidy(findingsOf(unitTree(verdict.units), {
    schemaAt: schemaFinder(schema),
    nodeAt: nodeFinder(root),
  }));
  return inOrder(findings.flatMap(wording({ schema, ...options })));
}

/** Deeper documents than this are at fault themselves when a schema cannot be followed to its end. */
const DEEP = 100;

function endless(root: Node): Diagnostic {
  if (heightOf(root) <= DEEP) {
    return unusable(root, "a $ref leads back to itself without end");
  }
  return diagnose(
    "ERR_DEPTH",
    "Cannot apply the schema: the document is nested too deep for it",
    { span: head(root) },
  );
}

function head({ span: { start, end } }: Node): Span {
  return { start, end: Math.min(start + 1, end) };
}

function unusable(root: Node, reason: string): Diagnostic {
  return diagnose(
    "ERR_ENTRY_SCHEMA",
    `Cannot apply the schema: ${reason}`,
    { span: head(root) },
  );
}

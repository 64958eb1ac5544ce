import { diagnose, inOrder } from "./diagnose.ts";
import type { Diagnostic } from "./diagnostic.ts";
import { hasErrors } from "./diagnostic.ts";
import type { EntryDocument } from "./documents/entry_document.ts";
import type { Entry } from "./entry.ts";
import type { JsonObject } from "./json.ts";
import { compileSchema } from "./json_schema.ts";
import entrySchema from "./json/registry_entry.schema.json" with {
  type: "json",
};
import { parse } from "./parse.ts";
import { parseRef } from "./ref.ts";
import { checkHandler } from "./registry_entry/check_handler.ts";
import { checkImages } from "./registry_entry/check_images.ts";
import { checkNames } from "./registry_entry/check_names.ts";
import { checkOutputs } from "./registry_entry/check_outputs.ts";
import { checkRef } from "./registry_entry/check_ref.ts";
import { checkSchema } from "./registry_entry/check_schema.ts";
import { inputsPlace } from "./registry_entry/inputs_schema.ts";
import { normalizeEntry } from "./registry_entry/normalize.ts";
import type { Place } from "./registry_entry/place.ts";
import { placeAt } from "./registry_entry/place.ts";
import type { Source } from "./source.ts";
import type { Tree } from "./tree.ts";
import { toJson } from "./tree.ts";
import { unsafeNumberFixes } from "./unsafe_number_fixes.ts";

export interface EntryCheckOptions {
  /** The ref that the folder says. */
  readonly expectedRef?: string;
  /** Whether there is a file, relative to the entry's folder. Without it handlers are not looked for. */
  readonly fileExists?: (relative: string) => boolean;
  /** Leaves out whether `inputs` and `outputs` are draft-07 schemas, which takes longest, where that is known. */
  readonly trustSchemas?: boolean;
}

/** What is known about a `registry.yaml`. */
export interface CheckedEntry {
  readonly tree: Tree;
  /** In order of position. */
  readonly diagnostics: readonly Diagnostic[];
  /** Missing when the document has not the shape of an entry; other errors leave it usable for showing. */
  readonly entry?: Entry;
}

/** Checks a `registry.yaml` of any historic form. Pure but for what `fileExists` looks up. */
export function checkEntry(
  source: Source,
  options: EntryCheckOptions = {},
): CheckedEntry {
  const tree = parse(source);
  if (tree.root === undefined || !tree.complete) {
    const own = tree.problems.length === 0 ? [empty(source)] : [];
    return { tree, diagnostics: [...tree.problems, ...own] };
  }
  const judge = compileSchema(entrySchema as JsonObject);
  const shape = [
    ...unsafeNumberFixes(tree, judge),
    ...judge(tree.root, { source }),
  ];
  const root = { node: tree.root, pointer: "" };
  const diagnostics = inOrder([
    ...shape,
    ...(root.node.kind === "object" ? rules(root, source, options) : []),
  ]);
  const entry = hasErrors(shape) ? undefined : entryOf(root);
  return { tree, diagnostics, ...(entry === undefined ? {} : { entry }) };
}

function empty(source: Source): Diagnostic {
  return diagnose(
    "ERR_DOCUMENT_EMPTY",
    `Cannot read "${source.name}": it is empty`,
    { span: { start: 0, end: 0 }, expected: "a registry entry" },
  );
}

/** What the schema of the document cannot say. */
function rules(
  root: Place,
  source: Source,
  options: EntryCheckOptions,
): readonly Diagnostic[] {
  const schemas = options.trustSchemas === true
    ? []
    : [inputsPlace(root), placeAt(root, "outputs")]
      .filter((each) => each !== undefined)
      .filter((each) => each.node.kind === "object");
  return [
    ...checkRef(root, source, options.expectedRef),
    ...checkImages(root, source, options.fileExists),
    ...checkNames(root, source),
    ...checkHandler(root, options.fileExists),
    ...schemas.flatMap((schema) => checkSchema(schema, source)),
    ...checkOutputs(root, source),
  ];
}

function entryOf(root: Place): Entry | undefined {
  const entry = normalizeEntry(toJson(root.node) as unknown as EntryDocument);
  return parseRef(entry.ref) === undefined ? undefined : entry;
}

import { diagnose } from "../diagnose.ts";
import type { Diagnostic, Fix } from "../diagnostic.ts";
import type { Entry } from "../entry.ts";
import { insertKey } from "../insert_key.ts";
import { isObject, type JsonObject } from "../json.ts";
import type { Mode } from "../mode.ts";
import { nearest } from "../nearest.ts";
import type { Source, Span } from "../source.ts";
import { type ObjectNode, type Property, property } from "../tree.ts";
import { wrapFix } from "./wrap.ts";

/** What an inputs document consists of, whichever of its historic forms it has. */
export interface Form {
  readonly kind: "v1" | "old";
  readonly root: ObjectNode;
  /** What is, or will be, `params`; of an old document, its keys that are no directives. */
  readonly params: ObjectNode | undefined;
  /** The keys at the top beside `schema` and `params` that the processor's schema declares. */
  readonly declared: readonly Property[];
  /** Names that the processor's schema declares at the top. */
  readonly declares: ReadonlySet<string>;
  readonly diagnostics: readonly Diagnostic[];
}

/** The keys of the envelope; everything else in an old document is a parameter. */
export const ENVELOPE_KEYS: readonly string[] = [
  "schema",
  "params",
  "mode",
  "$processor",
  "$attachments",
  "$schema",
];

export function formOf(
  source: Source,
  root: ObjectNode,
  { entry, mode }: {
    readonly entry: Entry | undefined;
    /** The caller's, which wins over the document's. */
    readonly mode: Mode | undefined;
  },
): Form {
  const declares = new Set(
    keysOf(entry?.inputs).filter((key) => key !== "schema" && key !== "params"),
  );
  const common = {
    root,
    declares,
    declared: withMode(root, declares, mode),
  };
  return isOld(root, entry)
    ? { kind: "old", ...common, ...oldForm(source, root, declares) }
    : { kind: "v1", ...common, ...newForm(source, root) };
}

/** What the document says of the declared keys, the caller's mode in place of its own. */
function withMode(
  root: ObjectNode,
  declares: ReadonlySet<string>,
  mode: Mode | undefined,
): readonly Property[] {
  const declared = root.properties.filter(({ key }) => declares.has(key));
  if (mode === undefined || !declares.has("mode")) return declared;
  const { start } = root.span;
  const span = property(root, "mode")?.value.span ?? { start, end: start + 1 };
  const value = { kind: "scalar", span, value: mode } as const;
  return [
    ...declared.filter(({ key }) => key !== "mode"),
    { key: "mode", keySpan: span, value },
  ];
}

function keysOf(schema: JsonObject | undefined): readonly string[] {
  const properties = schema?.["properties"];
  return isObject(properties) ? Object.keys(properties) : [];
}

/** Old documents have neither `schema` nor `params`, also not mistyped, but parameters at the top. */
function isOld(root: ObjectNode, entry: Entry | undefined): boolean {
  const keys = root.properties.map(({ key }) => key);
  const own = keys.filter((key) => !isDirective(key));
  if (own.length === 0 || keys.includes("schema") || keys.includes("params")) {
    return false;
  }
  const properties = entry?.inputs["properties"];
  const params = isObject(properties) ? properties["params"] : undefined;
  const known = isObject(params) ? keysOf(params) : [];
  return own.every((key) =>
    known.includes(key) || nearest(key, ["schema", "params"]) === undefined
  );
}

function isDirective(key: string): boolean {
  return key.startsWith("$") || key === "mode";
}

function newForm(
  source: Source,
  root: ObjectNode,
): Pick<Form, "params" | "diagnostics"> {
  const params = property(root, "params")?.value;
  const version = property(root, "schema");
  const mistyped = root.properties.some(({ key }) =>
    nearest(key, ["schema"]) !== undefined
  );
  return {
    params: params?.kind === "object" ? params : undefined,
    diagnostics: params !== undefined && version === undefined && !mistyped
      ? [withoutVersion(source, root)]
      : [],
  };
}

function withoutVersion(source: Source, root: ObjectNode): Diagnostic {
  const edit = insertKey(source, root, {
    key: "schema",
    value: "v1",
    first: true,
  });
  return old(property(root, "params")?.keySpan ?? root.span, {
    found: 'key "schema" is missing',
    fix: { title: 'Add "schema"', edits: [edit] },
  });
}

function oldForm(
  source: Source,
  root: ObjectNode,
  declares: ReadonlySet<string>,
): Pick<Form, "params" | "diagnostics"> {
  const isParam = ({ key }: Property) =>
    !isDirective(key) && !declares.has(key);
  const properties = root.properties.filter(isParam);
  return {
    params: { kind: "object", span: root.span, properties },
    diagnostics: [old(properties[0]?.keySpan ?? root.span, {
      found: 'its parameters are not in "params"',
      fix: wrapFix(source, root, { isParam, withVersion: true }),
    })],
  };
}

function old(
  span: Span,
  { found, fix }: { readonly found: string; readonly fix: Fix },
): Diagnostic {
  return diagnose(
    "WARN_PAYLOAD_OLD",
    `Cannot read this form in later versions: ${found}`,
    { span, expected: '{"schema": "v1", "params": {…}}', fixes: [fix] },
  );
}

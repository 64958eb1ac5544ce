import { diagnose } from "../diagnose.ts";
import type { Diagnostic } from "../diagnostic.ts";
import type { Entry } from "../entry.ts";
import { insertKey } from "../insert_key.ts";
import { isObject, type JsonObject } from "../json.ts";
import { nearest } from "../nearest.ts";
import type { Source } from "../source.ts";
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
  entry: Entry | undefined,
): Form {
  const declares = new Set(
    keysOf(entry?.inputs).filter((key) => key !== "schema" && key !== "params"),
  );
  const common = {
    root,
    declares,
    declared: root.properties.filter(({ key }) => declares.has(key)),
  };
  return isOld(root, entry)
    ? { kind: "old", ...common, ...oldForm(source, root, declares) }
    : { kind: "v1", ...common, ...newForm(source, root) };
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
  return old(root, {
    found: 'key "schema" is missing',
    fix: { title: 'Add schema: "v1"', edits: [edit] },
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
    diagnostics: [old(root, {
      found: 'its parameters are not in "params"',
      fix: wrapFix(source, root, { isParam, withVersion: true }),
    })],
  };
}

function old(
  root: ObjectNode,
  { found, fix }: {
    readonly found: string;
    readonly fix: ReturnType<typeof wrapFix>;
  },
): Diagnostic {
  const first = root.properties[0]?.keySpan ?? root.span;
  return diagnose(
    "WARN_PAYLOAD_OLD",
    `Cannot read this form in later versions: ${found}`,
    { span: first, expected: '{"schema": "v1", "params": {…}}', fixes: [fix] },
  );
}

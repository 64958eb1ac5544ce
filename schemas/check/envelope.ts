import { diagnose } from "../diagnose.ts";
import type { Diagnostic, Fix } from "../diagnostic.ts";
import { insertKey } from "../insert_key.ts";
import { below } from "../json_pointer.ts";
import { nearest, suggester } from "../nearest.ts";
import { removalOf } from "../removal.ts";
import { kindOf, oneOf, showNode } from "../show_value.ts";
import type { Source } from "../source.ts";
import { shortText } from "../tree_rules.ts";
import { type Property, property } from "../tree.ts";
import { writing } from "../writing.ts";
import { ENVELOPE_KEYS, type Form } from "./form.ts";
import { wrapFix } from "./wrap.ts";

/** What every inputs document must be, whichever processor it is for. */
export function envelopeDiagnostics(
  source: Source,
  form: Form,
): readonly Diagnostic[] {
  const unknown = unknownKeys(form);
  const mistyped = unknown.some(({ key }) =>
    nearest(key, ["params"]) !== undefined
  );
  const { root } = form;
  const params = property(root, "params");
  if (form.kind === "v1" && params === undefined && !mistyped) {
    return [...version(source, form), withoutParams(source, form, unknown)];
  }
  return [
    ...version(source, form),
    ...unknown.map(unknownKey(source, form)),
    ...(params === undefined ? [] : paramsType(params)),
  ];
}

function unknownKeys(
  { kind, root, params, declares }: Form,
): readonly Property[] {
  return root.properties.filter((each) =>
    !ENVELOPE_KEYS.includes(each.key) && !declares.has(each.key) &&
    !(kind === "old" && params?.properties.includes(each))
  );
}

function version(source: Source, { root }: Form): readonly Diagnostic[] {
  const node = property(root, "schema")?.value;
  if (node === undefined) return [];
  if (node.kind === "scalar" && node.value === "v1") return [];
  return [diagnose(
    "ERR_SCHEMA_VERSION",
    `Cannot read documents of schema ${showNode(node)}: only "v1" is known`,
    {
      span: node.span,
      pointer: "/schema",
      expected: '"v1"',
      fixes: [writing(source, node.span, "v1")],
    },
  )];
}

function paramsType({ value }: Property): readonly Diagnostic[] {
  return value.kind === "object" ? [] : [diagnose(
    "ERR_VALUE_TYPE",
    `Cannot use ${showNode(value)} as "params": it is ${kindOf(value)}`,
    { span: value.span, pointer: "/params", expected: "an object" },
  )];
}

function withoutParams(
  source: Source,
  { root }: Form,
  unknown: readonly Property[],
): Diagnostic {
  const first = root.span.start;
  return diagnose(
    "ERR_KEY_MISSING",
    'Cannot use the document: key "params" is missing',
    {
      span: unknown[0]?.keySpan ?? { start: first, end: first + 1 },
      expected: '{"schema": "v1", "params": {…}}',
      fixes: [
        unknown.length > 0
          ? wrapFix(source, root, {
            isParam: (each) => unknown.includes(each),
            withVersion: property(root, "schema") === undefined,
          })
          : addParams(source, root),
      ],
    },
  );
}

function addParams(source: Source, root: Form["root"]): Fix {
  const title = 'Add "params"';
  if (root.properties.length === 0) {
    const { start, end } = root.span;
    const text = '"schema": "v1", "params": {}';
    // Comments that stand in it stay.
    const isBlank = /^\{\s*\}$/.test(source.text.slice(start, end));
    const span = { start: start + 1, end: isBlank ? end - 1 : start + 1 };
    return { title, edits: [{ span, text }] };
  }
  const version = { key: "schema", value: "v1", first: true };
  const missing = property(root, "schema") === undefined ? [version] : [];
  const added = [...missing, { key: "params", value: {} }];
  return { title, edits: added.map((each) => insertKey(source, root, each)) };
}

function unknownKey(
  source: Source,
  { declares, root }: Form,
): (property: Property) => Diagnostic {
  const known = [...new Set([...ENVELOPE_KEYS, ...declares])];
  const there = new Set(root.properties.map(({ key }) => key));
  const missing = known.filter((key) => !there.has(key));
  const suggest = suggester();
  return (each) => {
    const { key, keySpan } = each;
    const near = suggest(key, missing);
    const hint = near === undefined ? "" : `, did you mean ${shortText(near)}`;
    return diagnose(
      "ERR_KEY_UNKNOWN",
      `Cannot use key ${
        shortText(key)
      } in the document: it is not known there${hint}`,
      {
        span: keySpan,
        pointer: below("", key),
        expected: oneOf(known),
        fixes: near === undefined
          ? removalOf(source, root, each)
          : [writing(source, keySpan, near)],
      },
    );
  };
}

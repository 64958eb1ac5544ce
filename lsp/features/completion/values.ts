import type { Json } from "../../../schemas/mod.ts";
import type { FlatSchema, SchemaGuide } from "../../../schemas/checker.ts";
import { acceptsAttachment, declaredAt, isAttached } from "./attachable.ts";
import type { Ask, Proposal } from "./proposal.ts";
import { shortJson } from "./short_json.ts";
import { valueIn } from "./write_slot.ts";

/** A value that a schema names, and as what. */
interface Named {
  readonly value: Json;
  readonly detail: string;
}

/** The values that a schema names for a place: what is allowed, the default, examples, attachments. */
export function valueProposals(ask: Ask): readonly Proposal[] {
  const { cursor, guide: document } = ask;
  const { guide, readings } = document.value(cursor.path);
  const own = readings.filter((each) => !isAttached(each));
  const named = distinct(own.flatMap((each) => namedBy(each, guide)));
  return [
    ...named.map(({ value, detail }) => ({
      label: shortJson(value),
      kind: "value" as const,
      detail,
      write: valueIn(cursor.slot, value),
      preselect: detail === DEFAULT,
    })),
    ...(acceptsAttachment(ask, readings) ? attachments(ask) : []),
  ];
}

const DEFAULT = "default";

function namedBy(
  reading: FlatSchema,
  guide: SchemaGuide,
): readonly Named[] {
  const { enum: values = [], const: only, examples, type } = reading;
  const preset = reading["default"];
  const allowed = only === undefined ? values : [only];
  const booleans = allowed.length === 0 && type === "boolean"
    ? [true, false]
    : [];
  const named = [
    ...(preset === undefined ? [] : [{ value: preset, detail: DEFAULT }]),
    ...[...allowed, ...booleans].map((value) => ({ value, detail: "" })),
    ...(Array.isArray(examples) ? examples : []).map((value: Json) => ({
      value,
      detail: "example",
    })),
  ].filter(({ value }) => fits(value, reading, guide));
  if (named.length > 0 || (type !== "object" && type !== "array")) return named;
  const value = guide.sample(reading);
  return value === undefined ? [] : [{ value, detail: "" }];
}

/** Of examples beside `anyOf`, each fits some of the branches only. */
function fits(value: Json, reading: FlatSchema, guide: SchemaGuide): boolean {
  return guide.accepts([reading], value);
}

function distinct(named: readonly Named[]): readonly Named[] {
  const first = new Map<string, Named>();
  for (const each of named) {
    const text = JSON.stringify(each.value);
    if (!first.has(text)) first.set(text, each);
  }
  return [...first.values()];
}

function attachments(ask: Ask): readonly Proposal[] {
  const declared = declaredAt(ask);
  const names = declared.length === 0
    ? [{ name: "name", path: "an attached file" }]
    : declared;
  return names.map(({ name, path }) => {
    const value = { $attach: name };
    return {
      label: shortJson(value),
      kind: "attachment",
      detail: path,
      filter: `$attach ${name}`,
      write: valueIn(ask.cursor.slot, value),
    };
  });
}

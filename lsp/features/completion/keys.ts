import { type Json, nodeAt } from "../../../schemas/mod.ts";
import {
  type FlatSchema,
  type GuideKey,
  type SchemaGuide,
  UNFINISHED,
} from "../../../schemas/checker.ts";
import { typesText } from "../schema_words/types_text.ts";
import { acceptsAttachment, declaredAt, isAttached } from "./attachable.ts";
import type { Ask, Proposal } from "./proposal.ts";
import { type Choices, isNested } from "./write_value.ts";
import { keyIn } from "./write_slot.ts";

/** The keys that an object may have and has not, required ones first. */
export function keyProposals(ask: Ask): readonly Proposal[] {
  const { cursor, guide: document } = ask;
  const present = keysThere(ask);
  if (present.has("$attach")) return [];
  const { guide, readings } = document.keys(cursor.path);
  const own = readings.filter((each) => !isAttached(each));
  const keys = guide.keys(own).filter(({ key }) => !present.has(key));
  return [
    ...(present.size === 0 && acceptsAttachment(ask, readings)
      ? [attachKey(ask)]
      : []),
    ...keys.filter(({ required }) => required),
    ...keys.filter(({ required }) => !required),
  ].map((each) => "label" in each ? each : proposal(each, guide, ask));
}

function keysThere({ cursor }: Ask): ReadonlySet<string> {
  const node = cursor.tree.root && nodeAt(cursor.tree.root, cursor.path);
  if (node?.kind !== "object") return new Set();
  return new Set(
    node.properties.map(({ key }) => key).filter((key) => key !== UNFINISHED),
  );
}

function proposal(
  { key, readings, required }: GuideKey,
  guide: SchemaGuide,
  { view, cursor, scope }: Ask,
): Proposal {
  const ref = view.kind === "inputs" ? "$processor" : "ref";
  const refs = view.kind !== "entry" && key === ref ? scope.registry.refs : [];
  const { value, choices } = refs.length > 0
    ? { value: refs[0] ?? "", choices: refs }
    : sampleOf(readings, guide);
  const types = typesText(readings);
  return {
    label: key,
    kind: "key",
    detail: required ? `${types}, required` : types,
    write: keyIn(cursor.slot, key, { value, choices }),
    about: { path: [...cursor.path, key] },
  };
}

/** A value to begin with, and what else is allowed when that is a short list. */
function sampleOf(
  readings: readonly FlatSchema[],
  guide: SchemaGuide,
): { readonly value: Json; readonly choices: Choices } {
  const usable = readings.filter((each) => !isAttached(each));
  const samples = usable.map((reading) => firstValue(reading, guide));
  const { value } = samples.find(({ said }) => said) ?? samples[0] ??
    { value: "" };
  const listed = usable.flatMap(({ enum: values = [], const: only }) =>
    only === undefined ? values : [only]
  ).filter((each) => typeof each === typeof value && !isNested(each));
  const choices = typeof value === "boolean" && listed.length === 0
    ? [value, !value]
    : listed;
  return { value, choices: choices.includes(value) ? choices : [] };
}

/** The first value of a reading, and whether the schema itself says it. */
function firstValue(
  reading: FlatSchema,
  guide: SchemaGuide,
): { readonly value: Json; readonly said: boolean } {
  const value = guide.sample(reading) ?? "";
  const { examples = [], enum: values = [], const: only } = reading;
  const all = [reading["default"], only, values, examples].flat();
  const said = all.some((each) =>
    JSON.stringify(each) === JSON.stringify(value)
  );
  // A made-up text says less than none.
  const none = !said && typeof value === "string" &&
    guide.accepts([reading], "");
  return { value: none ? "" : value, said };
}

function attachKey(ask: Ask): Proposal {
  const names = declaredAt(ask).map(({ name }) => name);
  return {
    label: "$attach",
    kind: "attachment",
    detail: "an attached file",
    write: keyIn(ask.cursor.slot, "$attach", {
      value: names[0] ?? "name",
      choices: names,
    }),
  };
}

import type { Json } from "../../../schemas/mod.ts";
import { type FlatSchema, limitsOf } from "../../../schemas/checker.ts";
import { shortJson } from "../completion/short_json.ts";
import { typesText } from "../schema_words/types_text.ts";
import type { Block, Fact } from "./blocks.ts";

/** Descriptions, and values of a fact, that are shown at most. */
const MOST_TEXTS = 3;
const MOST_VALUES = 20;

/** What a schema says of a place: none when that is nothing. */
export function placeBlocks(
  name: string,
  readings: readonly FlatSchema[],
): readonly Block[] {
  const words = [typesText(readings), ...limits(readings)]
    .filter((each) => each !== "").join(", ");
  const texts = distinct(readings.flatMap(textsOf)).slice(0, MOST_TEXTS);
  const facts = factsOf(readings);
  if (words === "" && texts.length === 0 && facts.length === 0) return [];
  return [
    { kind: "title", title: name, words },
    ...texts.map((text) => ({ kind: "text" as const, text })),
    ...(facts.length === 0 ? [] : [{ kind: "facts" as const, facts }]),
  ];
}

/** Limits that hold in every reading; those of one branch alone would mislead. */
function limits(readings: readonly FlatSchema[]): readonly string[] {
  const [first, ...rest] = readings.map((each) =>
    limitsOf(each as Readonly<Record<string, Json>>)
  );
  return (first ?? []).filter((limit) =>
    rest.every((each) => each.includes(limit))
  );
}

function textsOf({ title, description }: FlatSchema): readonly string[] {
  return [title, description].filter((each) => typeof each === "string");
}

function factsOf(readings: readonly FlatSchema[]): readonly Fact[] {
  const allowed = readings.map(({ enum: values, const: only }) =>
    only === undefined ? values ?? [] : [only]
  );
  const facts: readonly (readonly [string, readonly Json[]])[] = [
    // One branch that allows more makes the lists of the others incomplete.
    [
      "Allowed",
      allowed.every(({ length }) => length > 0) ? allowed.flat() : [],
    ],
    ["Default", readings.flatMap((each) => each["default"] ?? [])],
    [
      "Examples",
      readings.flatMap(({ examples }) =>
        Array.isArray(examples) ? examples : []
      ),
    ],
  ];
  return facts.map(([name, values]) => ({
    name,
    values: distinct(values.map(shortJson)).slice(0, MOST_VALUES),
    code: true,
  })).filter(({ values }) => values.length > 0);
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}

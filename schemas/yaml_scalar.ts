import {
  CORE_SCHEMA,
  getScalarValue,
  NOT_RESOLVED,
  SCALAR_STYLE,
} from "js-yaml";
import { type ScalarEvent, tagOf } from "./yaml_events.ts";

export type ScalarValue = string | number | boolean | null;

/** A scalar as it counts, or why it cannot be read. */
export type ScalarReading =
  | { readonly ok: true; readonly value: ScalarValue; readonly text: string }
  | { readonly ok: false; readonly tag: string; readonly known: boolean };

const CORE = "tag:yaml.org,2002:";

/** The value of a scalar in the core schema of YAML 1.2, its tag heeded. */
export function readScalar(source: string, event: ScalarEvent): ScalarReading {
  const text = getScalarValue(source, event);
  const tag = tagOf(source, event);
  if (tag === undefined) {
    const plain = event.style === SCALAR_STYLE.PLAIN;
    return { ok: true, text, value: plain ? resolve(text) : text };
  }
  if (tag === "!") return { ok: true, text, value: text };
  const name = fullTag(tag);
  const definition = CORE_SCHEMA.tags.find((each) => each.tagName === name);
  if (definition?.nodeKind !== "scalar") {
    return { ok: false, tag, known: false };
  }
  const value: unknown = definition.resolve(text, true, definition.tagName);
  if (value === NOT_RESOLVED) return { ok: false, tag, known: true };
  return { ok: true, text, value: value as ScalarValue };
}

/** Whether a tag is the one that a collection has anyway. */
export function isCollectionTag(tag: string, kind: "map" | "seq"): boolean {
  return tag === "!" || fullTag(tag) === `${CORE}${kind}`;
}

function resolve(text: string): ScalarValue {
  return CORE_SCHEMA.resolveImplicitScalarTag(text).value as ScalarValue;
}

function fullTag(tag: string): string | undefined {
  const verbatim = /^!<(.*)>$/.exec(tag)?.[1];
  if (verbatim !== undefined) return verbatim;
  return tag.startsWith("!!") ? `${CORE}${tag.slice(2)}` : undefined;
}

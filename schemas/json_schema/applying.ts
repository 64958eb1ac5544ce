import type { OutputUnit } from "@cfworker/json-schema";
import type { Node } from "../tree.ts";
import type { OpenSchema, Verdict } from "./open_schema.ts";
import { plainValue } from "./plain_value.ts";
import { isSound } from "./sound.ts";
import { spared } from "./spared.ts";
import { surelyValid } from "./surely_valid.ts";

/** Applies a schema to documents: the library to what is not surely valid, and to everything where it may break off. */
export function applying(schema: OpenSchema): (root: Node) => Verdict {
  const { root: rules, target } = schema;
  if (!isSound(rules, target)) {
    return (root) => schema.validate(plainValue(root));
  }
  const surely = surelyValid(target);
  return (root) => {
    const { root: rest, inWhole } = spared(root, {
      schema: rules,
      target,
      surely,
    });
    if (surely(rules)(rest)) return { ok: true, units: [] };
    const verdict = schema.validate(plainValue(rest));
    if (!verdict.ok) return verdict;
    return { ok: true, units: verdict.units?.map(located(inWhole)) };
  };
}

function located(
  inWhole: (location: string) => string,
): (unit: OutputUnit) => OutputUnit {
  return (unit) => ({
    ...unit,
    instanceLocation: inWhole(unit.instanceLocation),
    // Of a `false` schema the library tells where the value is, not where the schema is.
    ...unit.keyword === "false"
      ? { keywordLocation: inWhole(unit.keywordLocation) }
      : {},
  });
}

import type { Diagnostic, Fix } from "../diagnostic.ts";
import { insertKey } from "../insert_key.ts";
import { nearest } from "../nearest.ts";
import type { Source } from "../source.ts";
import { shortText } from "../tree_rules.ts";
import { replaceText } from "./edit_text.ts";
import type { Place } from "./place.ts";
import { finding, members, placeAt, textAt } from "./place.ts";

/** Required keys of one schema are among its properties, where it lists any. */
export function checkRequired(
  schema: Place,
  source: Source,
): readonly Diagnostic[] {
  const properties = placeAt(schema, "properties");
  if (properties === undefined) return [];
  const known = members(properties).map(({ key }) => key);
  const patterns = members(placeAt(schema, "patternProperties"));
  return members(placeAt(schema, "required")).flatMap((place) => {
    const key = textAt(place);
    if (key === undefined || known.includes(key)) return [];
    if (patterns.some((each) => matches(each.key, key))) return [];
    const near = nearest(key, known);
    return [report(place, near, [
      ...renaming(place, near, source),
      ...declaring(key, properties, source),
    ])];
  });
}

function matches(pattern: string, key: string): boolean {
  try {
    return new RegExp(pattern, "u").test(key);
  } catch {
    return true;
  }
}

function report(
  place: Place,
  near: string | undefined,
  fixes: readonly Fix[],
): Diagnostic {
  const question = near === undefined ? "" : `, did you mean "${near}"`;
  return finding("WARN_SCHEMA_REQUIRED", place, {
    message: `Cannot find required key "${
      textAt(place)
    }": it is not among the properties${question}`,
    fixes,
  });
}

function renaming(
  place: Place,
  near: string | undefined,
  source: Source,
): readonly Fix[] {
  return near === undefined ? [] : [{
    title: `Write ${shortText(near)}`,
    edits: [replaceText(source, place, near)],
  }];
}

/** What the property is for is left to its author. */
function declaring(
  key: string,
  { node }: Place,
  source: Source,
): readonly Fix[] {
  if (node.kind !== "object" || node.properties.length === 0) return [];
  return [{
    title: `Add ${shortText(key)} to the properties`,
    edits: [insertKey(source, node, { key, value: {} })],
    choice: true,
  }];
}

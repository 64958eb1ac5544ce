import type { Diagnostic } from "../diagnostic.ts";
import type { JsonObject } from "../json.ts";
import { compileSchema } from "../json_schema.ts";
import draft07 from "../json/draft_07.schema.json" with { type: "json" };
import type { Source } from "../source.ts";
import { checkDialect } from "./check_dialect.ts";
import { checkPatterns } from "./check_patterns.ts";
import { checkRefs } from "./check_refs.ts";
import { checkRequired } from "./check_required.ts";
import type { Place } from "./place.ts";
import { walkSchema } from "./walk_schema.ts";

/** A schema written in an entry is a draft-07 schema, and what it names is there. */
export function checkSchema(
  schema: Place,
  source: Source,
): readonly Diagnostic[] {
  const own = [
    ...checkDialect(schema, source),
    ...checkRefs(schema, source),
    ...[...walkSchema(schema)].flatMap((place) => [
      ...checkPatterns(place),
      ...checkRequired(place, source),
    ]),
  ];
  const said = new Set(own.map((each) => each.pointer));
  return [
    ...own,
    ...againstDraft07(schema, source).filter((each) => !said.has(each.pointer)),
  ];
}

function againstDraft07(
  schema: Place,
  source: Source,
): readonly Diagnostic[] {
  const check = compileSchema(draft07 as JsonObject);
  return check(schema.node, { source }).map((each) => ({
    ...each,
    code: "ERR_ENTRY_SCHEMA",
    pointer: `${schema.pointer}${each.pointer}`,
  }));
}

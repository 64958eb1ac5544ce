import type { Diagnostic } from "../diagnostic.ts";
import type { Source } from "../source.ts";
import { replaceText } from "./edit_text.ts";
import type { Place } from "./place.ts";
import { finding, placeAt, textAt } from "./place.ts";

/** The name of draft-07. */
export const DRAFT_07 = "http://json-schema.org/draft-07/schema#";

/** `$schema`, where it is given, is draft-07. */
export function checkDialect(
  schema: Place,
  source: Source,
): readonly Diagnostic[] {
  const place = placeAt(schema, "$schema");
  const dialect = textAt(place);
  if (place === undefined || dialect === undefined) return [];
  if (dialect.replace(/#$/, "") === DRAFT_07.slice(0, -1)) return [];
  const https = /^https:\/\/json-schema\.org\/draft-07\/schema#?$/.test(
    dialect,
  );
  const words = https
    ? {
      code: "HINT_SCHEMA_HTTPS",
      message:
        `Cannot find dialect "${dialect}" by its name: draft-07 is spelt with http`,
    }
    : {
      code: "ERR_ENTRY_SCHEMA",
      message:
        `Cannot read the schema as "${dialect}": only draft-07 is supported`,
    };
  return [finding(words.code, place, {
    message: words.message,
    expected: `"${DRAFT_07}"`,
    fixes: [{
      title: `Write "${DRAFT_07}"`,
      edits: [replaceText(source, place, DRAFT_07)],
    }],
  })];
}

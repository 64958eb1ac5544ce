import { z } from "zod";
import { CONFIG_DOCUMENT } from "../../schemas/documents/config_document.ts";
import { ENTRY_DOCUMENT } from "../../schemas/documents/entry_document.ts";
import { ENVELOPE_DOCUMENT } from "../../schemas/documents/envelope_document.ts";
import { INPUTS_DOCUMENT } from "../../schemas/documents/inputs_document.ts";

/** The fixed documents by the name of their JSON Schema file. */
export const DOCUMENTS = {
  "registry_entry.schema.json": ENTRY_DOCUMENT,
  "inputs_v1.schema.json": INPUTS_DOCUMENT,
  "envelope.schema.json": ENVELOPE_DOCUMENT,
  "theory_config.schema.json": CONFIG_DOCUMENT,
} as const;

/** Draft-07 text of each, by file name. */
export function schemaFiles(): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(DOCUMENTS).map(([name, document]) => {
      const schema = z.toJSONSchema(document, { target: "draft-7" });
      return [name, `${JSON.stringify(schema, null, 2)}\n`];
    }),
  );
}

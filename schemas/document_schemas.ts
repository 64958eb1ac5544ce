import draft07 from "./json/draft_07.schema.json" with { type: "json" };
import inputs from "./json/inputs_v1.schema.json" with { type: "json" };
import entry from "./json/registry_entry.schema.json" with { type: "json" };
import config from "./json/theory_config.schema.json" with { type: "json" };
import type { JsonObject } from "./json.ts";

/** JSON Schemas of the documents that people write, and of JSON Schema itself, as in `schemas/json/`. */
export const DOCUMENT_SCHEMAS = { inputs, entry, config, draft07 } as {
  readonly inputs: JsonObject;
  readonly entry: JsonObject;
  readonly config: JsonObject;
  readonly draft07: JsonObject;
};

import type { Json, JsonObject } from "../json.ts";
import { isObject } from "../json.ts";
import type { Place } from "./place.ts";
import { placeAt } from "./place.ts";
import { mapSubschemas } from "./schema_keywords.ts";

/**
 * The schema of the inputs document (with `params`) that an entry's `inputs` stands for. The older forms
 * describe the value of `params` alone and are wrapped; their `$ref`s are moved along.
 */
export function inputsSchema(written: object): JsonObject {
  const schema = schemaOf(written as JsonObject);
  return describesParams(schema) ? wrapParams(schema) : schema;
}

function schemaOf(written: JsonObject): JsonObject {
  const inner = written["schema"];
  const wrapped = isObject(inner) && Object.keys(written).length === 1;
  return wrapped ? inner : written;
}

/** Where the schema stands in a `registry.yaml`, in either form. */
export function inputsPlace(root: Place): Place | undefined {
  const written = placeAt(root, "inputs");
  if (written?.node.kind !== "object") return undefined;
  const inner = placeAt(written, "schema");
  const wrapped = written.node.properties.length === 1 &&
    inner?.node.kind === "object";
  return wrapped ? inner : written;
}

/** Whether a schema of an older form describes the value of `params` alone. */
export function describesParams(schema: JsonObject): boolean {
  const properties = schema["properties"];
  if (!isObject(properties) || Object.hasOwn(properties, "params")) {
    return false;
  }
  const required = schema["required"];
  return !Array.isArray(required) || !required.includes("params");
}

function wrapParams(schema: JsonObject): JsonObject {
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    type: "object",
    required: ["schema", "params"],
    properties: {
      schema: { const: "v1" },
      params: moveRefs(schema) as JsonObject,
    },
  };
}

/** A copy in which refs into the schema itself point below `#/properties/params`. */
function moveRefs(schema: Json): Json {
  if (!isObject(schema)) return schema;
  const { $schema: _dialect, $ref, ...rest } = schema;
  const moved = mapSubschemas(rest, moveRefs);
  if ($ref === undefined) return moved;
  const own = typeof $ref === "string" && /^#(\/|$)/.test($ref);
  return {
    ...moved,
    $ref: own ? `#/properties/params${$ref.slice(1)}` : $ref,
  };
}

import {
  schemaArrayKeyword,
  schemaKeyword,
  schemaMapKeyword,
} from "@cfworker/json-schema";
import { isObject, type Json } from "../json.ts";

/** The schemas right below a schema, of some of its keywords. */
export function subschemas(
  schema: Readonly<Record<string, Json>>,
  isAsked: (keyword: string) => boolean = () => true,
): readonly Json[] {
  return Object.entries(schema).flatMap(([keyword, value]) => {
    if (!isAsked(keyword)) return [];
    if (Array.isArray(value)) return schemaArrayKeyword[keyword] ? value : [];
    if (schemaMapKeyword[keyword]) {
      return isObject(value) ? Object.values(value) : [];
    }
    if (keyword === "dependencies") {
      return isObject(value)
        ? Object.values(value).filter((each) => !Array.isArray(each))
        : [];
    }
    return schemaKeyword[keyword] ? [value] : [];
  });
}

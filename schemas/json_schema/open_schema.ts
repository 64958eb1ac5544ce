import {
  dereference,
  type OutputUnit,
  type Schema as LibrarySchema,
  validate,
} from "@cfworker/json-schema";
import type { Json, JsonObject } from "../json.ts";
import { repeatingLists, rewriteUniqueItems } from "./unique_items.ts";

export type Schema = JsonObject | boolean;

/** A schema whose refs are known, ready to be applied. */
export interface OpenSchema {
  readonly root: Schema;
  /** What a schema's `$ref` leads to. */
  target(schema: JsonObject): Schema | undefined;
  validate(value: Json): Verdict;
}

/** What the library says is wrong; no units when the value is valid, undefined when it does not come to an end. */
export type Verdict =
  | { readonly ok: true; readonly units: readonly OutputUnit[] | undefined }
  | { readonly ok: false; readonly reason: string };

type Opened =
  | { readonly ok: true; readonly schema: OpenSchema }
  | { readonly ok: false; readonly reason: string };

const DRAFT = "7";

/** Schemas that a `$ref` may lead to, by their absolute URI. */
export type OtherSchemas = ReadonlyMap<string, Schema>;

/** Copies a schema and the others, since the library writes into them, and finds their refs. */
export function openSchema(
  given: Schema,
  others: OtherSchemas = new Map(),
): Opened {
  const root = structuredClone(given);
  const copies = others.size === 0 ? others : structuredClone(others);
  const repeats: Json[] = [];
  try {
    const all = [root, ...copies.values()];
    const unique = all.map((each) => rewriteUniqueItems(each, repeats))
      .includes(true);
    const lookup = dereference(root as LibrarySchema);
    for (const [uri, other] of copies) {
      if (lookup[uri] !== undefined) continue;
      dereference(other as LibrarySchema, lookup, new URL(uri));
      // A document is known by where it is, too, whatever it calls itself.
      lookup[uri] = other as LibrarySchema;
    }
    const schema = {
      root,
      target: (part: JsonObject) => {
        const { __absolute_ref__: uri } = part as LibrarySchema;
        const ref = uri ?? part["$ref"];
        return typeof ref === "string"
          ? lookup[ref] as Schema | undefined
          : undefined;
      },
      validate: (value: Json) => {
        repeats.length = 0;
        if (unique) {
          for (const list of repeatingLists(value)) repeats.push(list);
        }
        return attempt((shortCircuit) =>
          validate(value, root as LibrarySchema, DRAFT, lookup, shortCircuit)
            .errors
        );
      },
    };
    return { ok: true, schema };
  } catch (error) {
    return { ok: false, reason: reasonOf(error) };
  }
}

/**
 * Applies the schema for all findings. Where those are too many for the library (it passes them on as
 * arguments, of which there can be about 100,000), for the first one alone.
 */
function attempt(
  apply: (shortCircuit: boolean) => readonly OutputUnit[],
): Verdict {
  for (const shortCircuit of [false, true]) {
    try {
      return { ok: true, units: apply(shortCircuit) };
    } catch (error) {
      if (error instanceof RangeError) continue;
      return { ok: false, reason: reasonOf(error) };
    }
  }
  return { ok: true, units: undefined };
}

/** The first line of what the library says; the rest lists every schema that it knows. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const line = message.split("\n")[0] ?? "";
  const plain = line.replace(/ {2}Absolute URI .*$/, "").replace(/\.$/, "");
  return plain.charAt(0).toLowerCase() + plain.slice(1);
}

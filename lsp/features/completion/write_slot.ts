import { isObject, type Json } from "../../../schemas/mod.ts";
import { keyText } from "../../../schemas/checker.ts";
import type { Slot } from "../cursor/cursor.ts";
import type { Write } from "./proposal.ts";
import type { Stops } from "./stops.ts";
import { type Choices, isNested, jsonValue } from "./write_value.ts";
import { yamlPair, yamlValue } from "./write_value.ts";

/** Writes a value in the style of a slot; quotes that are there stay. */
export function valueIn(slot: Slot, value: Json, choices: Choices = []): Write {
  return (given, nested) => {
    // A lone scalar is complete; only what is nested has parts to be typed over.
    const stops = isObject(value) || Array.isArray(value)
      ? given
      : still(given);
    if (typeof value === "string" && slot.quote === "'") {
      return `'${stops.stop(value.replaceAll("'", "''"))}'`;
    }
    const quoted = typeof value === "string" && slot.quote === '"';
    const flow = slot.style === "flow" && isNested(value);
    if (slot.style === "json" || quoted || flow) {
      return jsonValue(value, stops, { choices });
    }
    const written = yamlValue(value, stops, { indent: nested, choices });
    return isNested(value) && !slot.inline
      ? `\n${" ".repeat(nested)}${written}`
      : written;
  };
}

/** Writes without stops. */
export function still(stops: Stops): Stops {
  return { ...stops, stop: stops.plain };
}

/** Writes a key in the style of a slot, with a value unless the colon is there. */
export function keyIn(
  slot: Slot,
  key: string,
  { value, choices }: { readonly value: Json; readonly choices: Choices },
): Write {
  return (given, nested) => {
    const constant = choices.length === 1 && choices[0] === value;
    const stops = constant ? still(given) : given;
    const quoted = slot.style === "json" || slot.quote !== "";
    const name = stops.plain(quoted ? JSON.stringify(key) : keyText(key));
    if (slot.colon) return name;
    if (slot.style === "block" && !quoted) {
      return yamlPair(key, value, { stops, indent: nested, choices });
    }
    return `${name}: ${jsonValue(value, stops, { choices })}`;
  };
}

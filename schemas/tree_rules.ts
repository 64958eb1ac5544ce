import { diagnose } from "./diagnose.ts";
import type { Diagnostic } from "./diagnostic.ts";
import { below } from "./json_pointer.ts";
import { hideSecrets } from "./secret_shapes.ts";
import type { Span } from "./source.ts";
import type { Property } from "./tree.ts";

/** A finding for every key that already stands in the object. */
export function duplicateKeys(
  properties: readonly Property[],
  pointer: () => string,
): readonly Diagnostic[] {
  if (areFewAndDistinct(properties)) return [];
  const first = new Map<string, Property>();
  const problems: Diagnostic[] = [];
  for (const property of properties) {
    const earlier = first.get(property.key);
    if (earlier === undefined) first.set(property.key, property);
    else problems.push(duplicate(property, { earlier, pointer }));
  }
  return problems;
}

/** Most objects are small, and to look at each pair of keys is faster than to make a map. */
function areFewAndDistinct(properties: readonly Property[]): boolean {
  return properties.length <= 8 && properties.every(({ key }, i) => {
    for (let j = 0; j < i; j++) if (properties[j]?.key === key) return false;
    return true;
  });
}

function duplicate(
  { key, keySpan }: Property,
  { earlier, pointer }: {
    readonly earlier: Property;
    readonly pointer: () => string;
  },
): Diagnostic {
  return diagnose(
    "ERR_KEY_DUPLICATE",
    `Cannot read key ${shortText(key)}: it already stands in this object`,
    {
      span: keySpan,
      pointer: below(pointer(), key),
      related: [{ message: "It stands here first", span: earlier.keySpan }],
    },
  );
}

/** A finding if a number loses digits or is beyond the range of a double. */
export function unsafeNumber(
  value: number,
  { text, span, pointer }: {
    readonly text: string;
    readonly span: Span;
    readonly pointer: () => string;
  },
): Diagnostic | undefined {
  const whole = /^[-+]?(?:[0-9]+|0[xo][0-9a-fA-F]+)$/.test(text);
  const lost = !Number.isFinite(value) ||
    (whole && !Number.isSafeInteger(value));
  if (!lost) return undefined;
  const found = Number.isFinite(value)
    ? "it has more digits than a number keeps"
    : "it is beyond the range of numbers";
  return diagnose(
    "ERR_NUMBER_UNSAFE",
    `Cannot keep ${cut(text)} exactly: ${found}`,
    {
      span,
      pointer: pointer(),
      expected: "a whole number between -(2^53 - 1) and 2^53 - 1, or text",
      fixes: [{
        title: `Write ${shortText(text)}`,
        edits: [{ span, text: JSON.stringify(text) }],
      }],
    },
  );
}

/** A text for a message: quoted, cut when it is long, without what looks like a secret. */
export function shortText(text: string): string {
  return JSON.stringify(cut(hideSecrets(text)));
}

function cut(text: string): string {
  const points = text.length > 200 ? [...text.slice(0, 200)] : [...text];
  return points.length > 60 ? `${points.slice(0, 59).join("")}…` : text;
}

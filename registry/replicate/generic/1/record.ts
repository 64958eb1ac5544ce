import type { Json, JsonObject } from "theoryctl/handler";

/** Longest `data:` URL that is written out whole. */
const MAX_DATA_URL = 200;

/** The text of `prediction.json`: what is known about the prediction and the input it had. */
export function recordJson(input: JsonObject, prediction: JsonObject): string {
  const { output, ...facts } = prediction;
  const all = { ...facts, input, output: output ?? null };
  return `${JSON.stringify(withoutData(all), null, 2)}\n`;
}

/** A copy in which long `data:` URLs are cut to their head. */
function withoutData(value: Json): Json {
  if (typeof value === "string") return headOf(value);
  if (Array.isArray(value)) return value.map(withoutData);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, withoutData(item)]),
  );
}

function headOf(text: string): string {
  if (!text.startsWith("data:") || text.length <= MAX_DATA_URL) return text;
  const head = text.slice(0, 100).split(",")[0];
  return `${head},… (${text.length} characters)`;
}

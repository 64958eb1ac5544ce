import type { Path } from "./json_pointer.ts";

/** A path as people write it: `params.messages[0].role`; `""` for the whole document. */
export function placeName(path: Path): string {
  return path.map((step, i) => {
    if (typeof step === "number") return `[${step}]`;
    if (!/^[\w$-]+$/.test(step)) return `[${JSON.stringify(step)}]`;
    return i === 0 ? step : `.${step}`;
  }).join("");
}

/** The same for a message: in quotes, or `the document`. */
export function placeInMessage(path: Path): string {
  return path.length === 0 ? "the document" : `"${placeName(path)}"`;
}

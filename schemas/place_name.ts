import type { Path } from "./json_pointer.ts";
import { hideSecrets } from "./secret_shapes.ts";

/**
 * A path as people write it: `params.messages[0].role`; `""` for the whole document; without what
 * looks like a secret.
 */
export function placeName(path: Path): string {
  const name = path.map((step, i) => {
    if (typeof step === "number") return `[${step}]`;
    if (!/^[\w$-]+$/.test(step)) return `[${JSON.stringify(step)}]`;
    return i === 0 ? step : `.${step}`;
  }).join("");
  return hideSecrets(name);
}

/** The same for a message: in quotes, or `the document`. */
export function placeInMessage(path: Path): string {
  return path.length === 0 ? "the document" : `"${placeName(path)}"`;
}

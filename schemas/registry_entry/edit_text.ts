import type { Edit } from "../diagnostic.ts";
import type { Source } from "../source.ts";
import type { Place } from "./place.ts";

/** An edit that puts another text in place of a scalar: plain where plain YAML was, otherwise quoted. */
export function replaceText(source: Source, place: Place, text: string): Edit {
  const { span } = place.node;
  const quoted = /["'|>]/.test(source.text.charAt(span.start));
  const plain = !quoted && source.language === "yaml" &&
    /^[A-Za-z][\w./:@#-]*$/.test(text);
  return { span, text: plain ? text : JSON.stringify(text) };
}

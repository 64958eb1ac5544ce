import { jsonLanguage } from "@codemirror/lang-json";
import { classHighlighter, highlightCode } from "@lezer/highlight";
import { byId, element } from "./element.ts";

/** What the server answers to `theory/resolved`. */
export interface Resolved {
  readonly text: string;
  readonly notes: readonly string[];
  readonly ref?: string;
  readonly mode: string;
}

/** Shows the payload as it will be sent; null while there is no document to understand. */
export function showPayload(resolved: Resolved | null): void {
  const { text = "", notes = [], ref, mode } = resolved ?? {};
  byId("payload", HTMLElement).replaceChildren(...highlighted(text));
  byId("payload-notes", HTMLElement).replaceChildren(
    ...notes.map((note) => element("li", {}, note)),
  );
  byId("payload-about", HTMLElement).textContent = resolved === null
    ? "There is no inputs document yet."
    : ref === undefined
    ? `mode ${mode}; no processor is named`
    : `to ${ref}, mode ${mode}`;
}

/** Longer texts are shown in one colour, which takes one node. */
const MOST_HIGHLIGHTED = 50_000;

function highlighted(text: string): readonly Node[] {
  if (text.length > MOST_HIGHLIGHTED) return [document.createTextNode(text)];
  const nodes: Node[] = [];
  highlightCode(
    text,
    jsonLanguage.parser.parse(text),
    classHighlighter,
    (part, className) => {
      nodes.push(
        className === ""
          ? document.createTextNode(part)
          : element("span", { className }, part),
      );
    },
    () => void nodes.push(document.createTextNode("\n")),
  );
  return nodes;
}

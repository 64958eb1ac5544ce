import type { Severity } from "../../schemas/mod.ts";

/** Colours a piece of text for a terminal, or leaves it as it is. */
export type Paint = (style: Style, text: string) => string;

export type Style = Severity | "strong" | "faint";

/** Select Graphic Rendition codes (ECMA-48). */
const CODES: Readonly<Record<Style, string>> = {
  error: "31;1",
  warning: "33;1",
  info: "34;1",
  hint: "36;1",
  strong: "1",
  faint: "2",
};

export function painter(color: boolean): Paint {
  return color
    ? (style, text) => `\u001b[${CODES[style]}m${text}\u001b[0m`
    : (_style, text) => text;
}

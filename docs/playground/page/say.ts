import { byId } from "./element.ts";

/** Milliseconds that are enough to read a line. */
const ENOUGH = 8_000;

/** Tells something where everybody, also a screen reader, takes notice. */
export function say(text: string): void {
  const said = byId("said", HTMLElement);
  said.textContent = text;
  setTimeout(() => {
    if (said.textContent === text) said.textContent = "";
  }, ENOUGH);
}

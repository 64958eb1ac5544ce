import type { RunEvent } from "../schemas/mod.ts";
import { printable } from "./printable.ts";
import type { World } from "./world.ts";

/**
 * Shows what a run tells while it goes on, on standard error: text as it is generated and a line for
 * every event on a terminal, one JSON object a line elsewhere.
 */
export function eventPrinter(
  world: World,
): { readonly show: (event: RunEvent) => void; readonly end: () => void } {
  if (!world.stderr.isTerminal) {
    return {
      show: (event) => world.stderr.write(`${JSON.stringify(event)}\n`),
      end: () => {},
    };
  }
  let inText = false;
  const breakLine = () => {
    if (inText) world.stderr.write("\n");
    inText = false;
  };
  const show = (event: RunEvent) => {
    if (event.kind === "Token") {
      world.stderr.write(printable(event.content.text));
      inText = !event.content.text.endsWith("\n");
      return;
    }
    breakLine();
    world.stderr.write(`${printable(line(event))}\n`);
  };
  return { show, end: breakLine };
}

function line(event: Exclude<RunEvent, { kind: "Token" }>): string {
  if (event.kind === "Log") return `log ${event.content.msg}`;
  const { phase, ...fields } = event.content;
  return Object.keys(fields).length === 0
    ? `· ${phase}`
    : `· ${phase} ${JSON.stringify(fields)}`;
}

import type { RunEvent } from "../schemas/mod.ts";
import { printable } from "./printable.ts";
import type { World } from "./world.ts";

/** Bytes that a reader may be behind: tokens beyond that are left out. */
const BEHIND = 32 * 1024 * 1024;

/** What shows events. */
export interface EventPrinter {
  readonly show: (event: RunEvent) => void;
  /** Resolves when all is written; also when nobody reads it and the command is interrupted. */
  readonly end: () => Promise<void>;
}

/**
 * Shows what a run tells while it goes on, on standard error: text as it is generated and a line for
 * every event on a terminal, one JSON object a line elsewhere. A reader that does not read holds nothing up.
 */
export function eventPrinter({ stderr }: World): EventPrinter {
  const encoder = new TextEncoder();
  let behind = 0;
  let last: Promise<unknown> = Promise.resolve();
  const write = (text: string) => {
    const bytes = encoder.encode(text);
    behind += bytes.length;
    last = stderr.send(bytes).then(() => behind -= bytes.length, () => {});
  };
  const { textOf, end } = stderr.isTerminal ? onTerminal() : AS_JSON;
  return {
    show(event) {
      if (event.kind !== "Token" || behind < BEHIND) write(textOf(event));
    },
    async end() {
      if (end() !== "") write(end());
      await last;
    },
  };
}

/** How events read. */
interface EventText {
  readonly textOf: (event: RunEvent) => string;
  /** What ends the line that was begun. */
  readonly end: () => string;
}

const AS_JSON: EventText = {
  textOf: (event) => `${JSON.stringify(event)}\n`,
  end: () => "",
};

function onTerminal(): EventText {
  let inText = false;
  const end = () => inText ? "\n" : "";
  return {
    end,
    textOf(event) {
      if (event.kind !== "Token") {
        const text = `${end()}${printable(line(event))}\n`;
        inText = false;
        return text;
      }
      inText = !event.content.text.endsWith("\n");
      return printable(event.content.text);
    },
  };
}

function line(event: Exclude<RunEvent, { kind: "Token" }>): string {
  if (event.kind === "Log") return `log ${event.content.msg}`;
  const { phase, ...fields } = event.content;
  return Object.keys(fields).length === 0
    ? `· ${phase}`
    : `· ${phase} ${JSON.stringify(fields)}`;
}

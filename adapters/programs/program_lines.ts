import type { JsonObject, RunEvent } from "../../schemas/mod.ts";
import { isObject } from "../../schemas/mod.ts";
import type { LogLine } from "../containers/demultiplex.ts";
import { printable } from "../outputs/printable.ts";

/** Which stream of a container's log is standard error. */
const STDERR = 2;

/** Most lines of standard error that are kept, and characters of each. */
const LINES = 20;
const CHARACTERS = 500;

/** Tells what a program prints as events, and keeps the end of what it complains of. */
export interface ProgramLines {
  take(line: LogLine): void;
  readonly stderr: readonly string[];
}

export function programLines(
  onEvent: (event: RunEvent) => void,
): ProgramLines {
  const stderr: string[] = [];
  return {
    stderr,
    take({ stream, text }) {
      if (stream !== STDERR) return onEvent(eventOf(text));
      stderr.push(printable(text.slice(0, CHARACTERS)));
      if (stderr.length > LINES) stderr.shift();
    },
  };
}

/** `{"kind": "progress", "phase": …}` is a step of the run (protocols.md 1.3); every other line is shown as it is. */
function eventOf(text: string): RunEvent {
  const said = progressIn(text);
  return said === undefined
    ? { kind: "Log", content: { msg: printable(text) } }
    : { kind: "Event", content: said };
}

function progressIn(
  text: string,
): (JsonObject & { readonly phase: string }) | undefined {
  if (!text.startsWith("{")) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (!isObject(value) || value["kind"] !== "progress") return undefined;
    const { kind: _, phase, ...more } = value;
    return { ...more, phase: typeof phase === "string" ? phase : "progress" };
  } catch {
    return undefined;
  }
}

import type { RunEvent } from "../../schemas/mod.ts";

type Told = Exclude<RunEvent, { kind: "Token" }>;

/** Characters of an event that a record holds. */
const LONGEST = 4000;

/** An event as records hold it: of a long one its name or the beginning of its message, and `cut`. */
export function shortEvent(event: Told): Told {
  if (JSON.stringify(event.content).length <= LONGEST) return event;
  if (event.kind === "Log") {
    const msg = event.content.msg.slice(0, LONGEST);
    return { kind: "Log", content: { msg, cut: true } };
  }
  const phase = event.content.phase.slice(0, LONGEST);
  return { kind: "Event", content: { phase, cut: true } };
}

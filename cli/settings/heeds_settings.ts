import type { Flags } from "../command.ts";

/** Whether a command goes by settings: those that use processors, or what is kept of runs. */
export function heedsSettings(flags: Flags): boolean {
  return "registry" in flags || "stateDir" in flags;
}

import type { Instance } from "../adapters/mod.ts";

/** What an instance is to the system: its process, or its container. */
export function whatItIs({ pid, container }: Instance): string {
  return container === undefined ? `pid ${pid}` : `container ${container.name}`;
}

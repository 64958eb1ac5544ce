import { clearImmediate, setImmediate } from "node:timers";
import type { Soon } from "../../lsp/mod.ts";

/** The shortest way through the loop; a timer of 0 takes milliseconds. */
export const soon: Soon = (callback) => {
  const waiting = setImmediate(callback);
  return () => clearImmediate(waiting);
};

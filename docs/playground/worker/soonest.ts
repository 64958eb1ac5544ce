import type { Soon } from "../../../lsp/mod.ts";

/** The shortest way through the loop of a browser, whose timers take milliseconds when they follow each other. */
export function soonest(): Soon {
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.onmessage = () => waiting.shift()?.();
  return (callback) => {
    let wanted = true;
    waiting.push(() => wanted && callback());
    port2.postMessage(null);
    return () => void (wanted = false);
  };
}

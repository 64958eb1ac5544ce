import type { AsidePort } from "../../lsp/mod.ts";
import type { Toolkit } from "../world.ts";

/** Starts a second server in a Worker, with the permissions of the first. */
export function startAside(toolkit: Toolkit): AsidePort {
  const worker = new Worker(new URL("./aside_worker.ts", import.meta.url), {
    type: "module",
  });
  worker.postMessage(toolkit);
  return worker;
}

/** Main module of the page's Worker: the language server over files in memory. */
import {
  type Host,
  type Port,
  portTransport,
  serve,
} from "../../../lsp/mod.ts";
import type { Answer, Call, Opening } from "../backstage.ts";
import { backstageOver, type Behind } from "./backstage_over.ts";
import { soonest } from "./soonest.ts";
import { type VirtualFolder, virtualFolder } from "./virtual_folder.ts";
import { virtualRegistry } from "./virtual_registry.ts";

declare const self: Port;

self.onmessage = ({ data: { port } }: MessageEvent<Opening>) => {
  const folder = virtualFolder();
  const behind = backstageOver(folder);
  self.onmessage = async ({ data }: MessageEvent<Call>) =>
    self.postMessage(await answered(data, behind));
  serve(portTransport(port, soonest()), hostOver(folder));
};

function hostOver(folder: VirtualFolder): Host {
  return {
    files: folder,
    registry: () => virtualRegistry(folder),
    monotonic: () => performance.now(),
    commandLine: (words) => ["deno run -P main.ts", ...words].join(" "),
    version: "playground",
  };
}

async function answered(
  { id, name, argument }: Call,
  behind: Behind,
): Promise<Answer> {
  try {
    const body = behind[name] as (argument: unknown) => unknown;
    return { id, result: await body(argument) };
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : `${error}` };
  }
}

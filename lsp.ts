/**
 * The language server alone, without the rest of the command line: what `main.ts lsp` does, started faster. A release
 * has it as one file, which is also the main module of the Worker for large documents.
 */
import { realWorld, serveAside, serveEditor } from "./cli/lsp/mod.ts";

declare const self: Parameters<typeof serveAside>[0];

if (import.meta.main) {
  if ("WorkerGlobalScope" in globalThis) serveAside(self);
  else serve();
}

function serve(): void {
  const file = `main${import.meta.url.slice(import.meta.url.lastIndexOf("."))}`;
  const world = realWorld(Deno.args, {
    program: file,
    version: "0.1.0",
    dir: import.meta.dirname ?? ".",
    file,
    deno: Deno.execPath(),
  });
  Deno.exitCode = 70;
  // Not awaited, so that Deno keeps what it compiled: as in main.ts.
  serveEditor(world, new URL(import.meta.url)).then((exit) => Deno.exit(exit));
}

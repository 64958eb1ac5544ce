import type { CommandInput } from "../command.ts";
import { serveEditor } from "../lsp/serve_editor.ts";

/** Serves one editor. Large documents are served by the server as a program of its own. */
export async function run(
  { world }: CommandInput<{ readonly stdio: boolean }>,
): Promise<number> {
  return await serveEditor(world, new URL("../../lsp.ts", import.meta.url));
}

/** Writes the playground into a folder, `docs/playground/dist` unless another is named: `deno task playground` */
import { join } from "node:path";
import { playgroundPage } from "./page.ts";

if (import.meta.main) {
  const folder = Deno.args[0] ?? "docs/playground/dist";
  await Deno.mkdir(folder, { recursive: true });
  await Deno.writeTextFile(join(folder, "index.html"), await playgroundPage());
}

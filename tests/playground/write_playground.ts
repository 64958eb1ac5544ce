/** Writes the playground into `docs/playground/dist`: `deno task playground` */
import { join } from "node:path";
import { playgroundPage } from "./page.ts";

if (import.meta.main) {
  const folder = "docs/playground/dist";
  await Deno.mkdir(folder, { recursive: true });
  await Deno.writeTextFile(join(folder, "index.html"), await playgroundPage());
}

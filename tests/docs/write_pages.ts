/** Writes the pages that are made from the menu and the catalogue, removes those of commands that are gone, and writes the table of docs/editors.md. `deno task docs` */
import { withMatrix } from "../editors/methods/matrix.ts";
import { COMMANDS_DIR, pages } from "./pages.ts";

if (import.meta.main) {
  const root = new URL("../../", import.meta.url);
  await Deno.mkdir(new URL(COMMANDS_DIR, root), { recursive: true });
  for (const { name } of Deno.readDirSync(new URL(COMMANDS_DIR, root))) {
    await Deno.remove(new URL(`${COMMANDS_DIR}/${name}`, root));
  }
  for (const [place, text] of pages()) {
    await Deno.writeTextFile(new URL(place, root), text);
  }
  const editors = new URL("docs/editors.md", root);
  const page = await withMatrix(await Deno.readTextFile(editors));
  await Deno.writeTextFile(editors, page);
}

/** Writes the pages that are made from the menu and the catalogue, and removes those of commands that are gone. `deno task docs` */
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
}

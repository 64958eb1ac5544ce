import { reportOn } from "./code_actions_test.ts";

// Writes what is offered today beside each document: read the difference before you commit it.
// deno run --allow-read --allow-write=tests/lsp/testdata tests/lsp/write_goldens.ts
const DATA = new URL("testdata/code_actions/", import.meta.url);
for (const { name } of Deno.readDirSync(DATA)) {
  if (name.endsWith(".out")) continue;
  Deno.writeTextFileSync(new URL(`${name}.out`, DATA), reportOn(name));
}

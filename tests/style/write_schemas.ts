/**
 * Writes what is made from other files: the JSON Schemas of the fixed documents from their zod descriptions, the
 * shipped registry entries as they are read, and the texts that the program hands out. `deno task schemas`
 */
import { READ_AHEAD_FILE } from "../../registry/read_ahead.ts";
import { embeddedTexts } from "./embedded_texts.ts";
import { readAheadText } from "./read_ahead.ts";
import { schemaFiles } from "./schema_files.ts";

if (import.meta.main) {
  for (const [name, text] of schemaFiles()) {
    const file = new URL(`../../schemas/json/${name}`, import.meta.url);
    await Deno.writeTextFile(file, text);
  }
  const ahead = new URL(`../../registry/${READ_AHEAD_FILE}`, import.meta.url);
  await Deno.writeTextFile(ahead, readAheadText());
  for (const [place, text] of embeddedTexts()) {
    await Deno.writeTextFile(new URL(`../../${place}`, import.meta.url), text);
  }
}

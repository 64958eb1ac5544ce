/** Writes the JSON Schemas of the fixed documents, made from their zod descriptions. `deno task schemas` */
import { schemaFiles } from "./schema_files.ts";

if (import.meta.main) {
  for (const [name, text] of schemaFiles()) {
    const file = new URL(`../../schemas/json/${name}`, import.meta.url);
    await Deno.writeTextFile(file, text);
  }
}

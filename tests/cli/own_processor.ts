import { join } from "node:path";
import { scaffold } from "../../registry/mod.ts";

/** Writes a processor into `processors/`, with a handler of the test's own; answers the words that run it. */
export async function ownProcessor(
  dir: string,
  ref: string,
  handler: string,
): Promise<readonly string[]> {
  const entry = join("processors", ...ref.split(/[/@]/));
  await Deno.mkdir(join(dir, entry), { recursive: true });
  for (const { name, text } of scaffold(ref)) {
    await Deno.writeTextFile(join(dir, entry, name), text);
  }
  await Deno.writeTextFile(join(dir, entry, "handler.ts"), handler);
  const inputs = join(entry, "inputs.example.json");
  return [
    ...["localctl", "run", "--registry", "processors", "--ref", ref],
    ...["--inputs-file", inputs],
  ];
}

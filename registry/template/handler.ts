import type { Run } from "./run.d.ts";

/** Runs once for each request, alone in its own Worker. What it throws becomes the error of the run. */
export async function handle(run: Run): Promise<void> {
  const greeting = `Hello, ${run.params["name"]}!`;
  run.emit("greeting", { mode: run.mode });
  for (const word of greeting.split(/(?<= )/)) run.token(word);
  await run.write("text/response.txt", `${greeting}\n`);
  const metadata = { mode: run.mode, characters: greeting.length };
  await run.write("metadata.json", JSON.stringify(metadata));
}

import type { Run } from "../../../../schemas/handler.ts";

/** Tells everything it can, in every way it can. */
export async function handle(run: Run): Promise<void> {
  run.emit("poll", { attempt: 1 });
  run.token("Hel");
  run.token("lo");
  run.log("a line", { size: 2 });
  console.log("printed", { deep: [1] });
  console.error("complained");
  Deno.stdout.writeSync(new TextEncoder().encode("written\n"));
  process.stdout.write("by node\n");
  await run.write("response.txt", "Hello");
}

import type { Run } from "../../../../schemas/handler.ts";

/** Writes what it was given, one output in each of the ways of `run.write`. */
export async function handle(run: Run): Promise<void> {
  const bytes = new TextEncoder().encode(JSON.stringify(run.params));
  await run.write("response.txt", `${run.executionId} ${run.mode} ${run.ref}`);
  await run.write("usage.json", bytes);
  await run.write("frames/1.bin", ReadableStream.from([bytes, bytes]));
}

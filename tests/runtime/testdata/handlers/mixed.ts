import type { Run } from "../../../../schemas/handler.ts";

const HELD: unknown[] = [];

/** Does what `params.do` says: spin, wait, ignore, hoard, write; nothing else ends at once. */
export async function handle(run: Run): Promise<void> {
  await run.write("response.txt", "some text");
  run.token("begun");
  switch (run.params["do"]) {
    case "spin":
      for (;;);
    case "ignore":
      return await new Promise(() => {});
    case "hoard":
      for (;;) HELD.push(new Array(100_000).fill(run.executionId));
    case "write":
    case "wait":
      await new Promise((resolve) =>
        run.signal.addEventListener("abort", resolve)
      );
  }
}

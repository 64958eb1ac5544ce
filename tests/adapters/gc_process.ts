import { join } from "node:path";
import { fileStore } from "../../adapters/mod.ts";
import type { Cid } from "../../schemas/mod.ts";

/** Collects garbage again and again until its standard input ends; prints how much it removed. */
const [folder = "", records = ""] = Deno.args;
let stopped = false;
const end = (async () => {
  for await (const _ of Deno.stdin.readable);
  stopped = true;
})();
let removed = 0;
while (!stopped) {
  const report = await fileStore(folder).gc({
    named,
    olderThanMs: 0,
    dryRun: false,
    forget: [],
  });
  removed += report.removed.length;
}
await end;
await Deno.stdout.write(new TextEncoder().encode(`${removed}`));

async function* named(): AsyncGenerator<Cid> {
  for await (const { name } of Deno.readDir(records)) {
    if (name.endsWith(".new")) continue;
    try {
      yield await Deno.readTextFile(join(records, name)) as Cid;
    } catch (error) {
      // Whoever removed the record meanwhile counts on nothing any more.
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
}

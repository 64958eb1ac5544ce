import { partText } from "./plan.ts";
import { starts } from "./starts.ts";
const folder = await Deno.makeTempDir({ prefix: "bench_" });
const { part } = await starts(folder, Number(Deno.args[0]));
console.log(partText(part));
await Deno.remove(folder, { recursive: true });

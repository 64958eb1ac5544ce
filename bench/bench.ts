/**
 * What the budgets of the design are about, in one run, as ratios to a bare `deno run` of an empty file:
 * `deno task bench [--quick | --starts] [ROUNDS]`. Prints Markdown; asserts nothing. Takes minutes, and 3 GB of disk for
 * a while, without --quick; --starts is the first part alone.
 */
import { afterwards } from "./afterwards.ts";
import { attachments } from "./attachments.ts";
import { documents } from "./documents.ts";
import { hashing } from "./hashing.ts";
import { parallel } from "./parallel.ts";
import { type Bar, barsText, type Part, partText, type Plan } from "./plan.ts";
import { records } from "./records.ts";
import { starts } from "./starts.ts";

const PARTS = [documents, attachments, records, parallel, hashing];

const folder = await Deno.makeTempDir({ prefix: "bench_" });
await afterwards(
  () => bench(Deno.args),
  () => Deno.remove(folder, { recursive: true }),
);

async function bench(args: readonly string[]): Promise<void> {
  const quick = args.includes("--quick");
  const given = args.find((each) => /^\d+$/.test(each));
  const rounds = Number(given ?? (quick ? 5 : 20));
  const bars: Bar[] = [];
  const show = async (part: Part) => {
    bars.push(...part.bars);
    await print(partText(part));
  };
  const { part, bare } = await starts(folder, rounds);
  await show(part);
  if (args.includes("--starts")) return await print(barsText(bars));
  const plan: Plan = { folder, quick, bare, rounds };
  for (const measure of PARTS) await show(await measure(plan));
  await print(barsText(bars));
}

async function print(text: string): Promise<void> {
  await Deno.stdout.write(new TextEncoder().encode(text));
}

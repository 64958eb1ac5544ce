import { afterwards } from "./afterwards.ts";
import { type Part, type Plan, timeText } from "./plan.ts";
import { commandLine, measured, theoryctl } from "./theoryctl.ts";

const COUNTS = [1, 4, 16, 64];
const REF = "llm/litellm@1";

/** Mock runs on one warm instance, more and more of them at once. */
export async function parallel(plan: Plan): Promise<Part> {
  const { folder } = plan;
  const state = ["--ref", REF, "--state-dir", `${folder}/parallel`];
  const start = ["localctl", "start", "--mock-missing-secrets", ...state];
  await theoryctl(start, folder);
  return await afterwards(async () => {
    const inputs = ["--inputs-file", `${folder}/inputs.json`];
    const run = ["localctl", "run", ...inputs, ...state];
    const args = await commandLine(run, folder);
    const rows: (readonly string[])[] = [];
    for (const count of plan.quick ? COUNTS.slice(0, 3) : COUNTS) {
      rows.push(await row(args, { count, plan }));
    }
    const head = ["runs at once", "all ms", "ratio", "each ms", "ratio"];
    return { title: "Runs at once (mock, warm)", head, rows, bars: [] };
  }, () => theoryctl(["localctl", "stop", ...state], folder));
}

async function row(
  args: readonly string[],
  { count, plan }: { readonly count: number; readonly plan: Plan },
): Promise<readonly string[]> {
  const begun = performance.now();
  const runs = Array.from({ length: count }, () => measured(args, plan.folder));
  // All of them end before the first error ends the bench, and their folder is removed.
  await Promise.allSettled(runs);
  const ms = performance.now() - begun;
  await Promise.all(runs);
  return [`${count}`, ...timeText(ms, plan), ...timeText(ms / count, plan)];
}

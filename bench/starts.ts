import { type Case, measure, type Measured } from "./measure.ts";
import { writeRelease } from "../tests/release/release.ts";
import type { Bar, Part } from "./plan.ts";
import { commandLine, MAIN, measured, theoryctl } from "./theoryctl.ts";

const REF = "llm/litellm@1";
const START = ["localctl", "start", "--ref", REF, "--mock-missing-secrets"];

/**
 * Whole processes, interleaved, as ratios to a bare `deno run`, of the source and of a release, which the budgets are
 * for; answers the bare one too.
 */
export async function starts(
  folder: string,
  rounds: number,
): Promise<{ readonly part: Part; readonly bare: number }> {
  const release = `${folder}/release`;
  await writeRelease(release);
  const warm = ["--state-dir", `${folder}/warm`];
  await theoryctl([...START, ...warm], folder);
  try {
    const empty = `${folder}/empty.ts`;
    await Deno.writeTextFile(empty, "");
    const bare = { name: "`deno run` of an empty file", args: ["run", empty] };
    const source = await cases({ folder, warm, main: MAIN });
    const main = `${release}/main.js`;
    const released = (await cases({ folder, warm, main }))
      .map((each) => ({ ...each, name: `${each.name}, release` }));
    const plain = source.map(({ name, args }) => ({ name, args }));
    const found = await measure([bare, ...plain, ...released], {
      rounds,
      run: async (args) => (await measured(args, folder)).ms,
    });
    return { part: partOf(found), bare: found[0]?.median ?? NaN };
  } finally {
    await theoryctl(["localctl", "stop", "--ref", REF, ...warm], folder);
  }
}

async function cases(
  { folder, warm, main }: {
    readonly folder: string;
    readonly warm: readonly string[];
    /** The main module of the program. */
    readonly main: string;
  },
): Promise<readonly Case[]> {
  const inputs = `${folder}/inputs.json`;
  const example = await theoryctl(["registry", "example", REF], folder);
  await Deno.writeTextFile(inputs, example);
  const line = (words: readonly string[]) => commandLine(words, folder, main);
  const run = ["localctl", "run", "--ref", REF, "--inputs-file", inputs];
  const other = ["--state-dir", `${folder}/ephemeral`];
  return [
    {
      name: "`--help`",
      args: ["run", main, "--help"],
      budget: 2,
    },
    { name: "`check`", args: await line(["check", inputs, "--ref", REF]) },
    {
      name: "smoke run",
      args: await line([...run, "--mode", "smoke", ...other]),
    },
    {
      name: "mock run, warm instance",
      args: await line([...run, ...warm]),
      budget: 5,
    },
    {
      name: "mock run, ephemeral sandbox",
      args: await line([...run, ...other]),
      budget: 10,
    },
  ];
}

function partOf(found: readonly Measured[]): Part {
  return {
    title: "Whole processes",
    head: ["what", "median ms", "range ms", "ratio", "budget"],
    rows: found.map((each) => [
      each.name,
      each.median.toFixed(1),
      `${each.fastest.toFixed(1)}–${each.slowest.toFixed(1)}`,
      `${each.ratio.toFixed(2)}×`,
      each.budget === undefined ? "" : `≤ ${each.budget}×`,
    ]),
    bars: found.flatMap(({ name, ratio, budget }): Bar[] =>
      budget === undefined
        ? []
        : [{ name, found: ratio, limit: budget, unit: "×" }]
    ),
  };
}

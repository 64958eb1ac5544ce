import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { denoCommand } from "../../adapters/mod.ts";
import type { Place } from "./inner_functions.ts";
import { commandLine, theoryctl } from "../../bench/theoryctl.ts";

const REF = ["--ref", "llm/litellm@1"];

/** What V8 says about the functions of a file. */
interface Coverage {
  readonly url: string;
  readonly functions: readonly {
    readonly functionName: string;
    /** The first is the function. Offsets are code units. */
    readonly ranges: readonly {
      readonly count: number;
      readonly startOffset: number;
      readonly endOffset: number;
    }[];
  }[];
}

/** What was used of a release. */
export interface Used {
  /** Of functions, and modules that run when they are asked for. */
  readonly names: ReadonlySet<string>;
  /** Of a file, by its place in the release. */
  places(file: string): readonly Place[];
}

/** The functions and modules that help, a check and runs use, found by doing that with the release. Leaves files in `work`. */
export async function usedFunctions(
  release: string,
  work: string,
): Promise<Used> {
  const main = join(release, "main.js");
  const inputs = join(work, "inputs.json");
  const state = ["--state-dir", join(work, "state")];
  const run = ["localctl", "run", ...REF, "--inputs-file", inputs, ...state];
  const used = (words: readonly string[]) => watch(words, { main, work });
  const example = ["registry", "example", "llm/litellm@1"];
  await Deno.writeTextFile(inputs, await theoryctl(example, work, main));
  await used(["--help"]);
  await used(["check", inputs, ...REF]);
  await used(run);
  const start = ["localctl", "start", ...REF, "--mock-missing-secrets"];
  await theoryctl([...start, ...state], work, main);
  try {
    await used(run);
  } finally {
    await theoryctl(["localctl", "stop", ...REF, ...state], work, main);
  }
  return usedIn(join(work, COVERAGE), pathToFileURL(release).href);
}

const COVERAGE = "coverage";

async function watch(
  words: readonly string[],
  { main, work }: { readonly main: string; readonly work: string },
): Promise<void> {
  const [, ...args] = await commandLine(words, work, main);
  const coverage = `--coverage=${join(work, COVERAGE)}`;
  const { success, stderr } = await new Deno.Command(await denoCommand(), {
    args: ["run", coverage, ...args],
    cwd: work,
    stdin: "null",
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}

function usedIn(folder: string, release: string): Used {
  const files = [...Deno.readDirSync(folder)]
    .filter(({ name }) => name.endsWith(".json"))
    .map(({ name }): Coverage =>
      JSON.parse(Deno.readTextFileSync(join(folder, name)))
    );
  const called = files.flatMap(({ url, functions }) =>
    functions.filter(({ ranges }) => ranges.some(({ count }) => count > 0))
      .map((each) => ({ ...each, url }))
  );
  const ours = called.filter(({ url }) => url.startsWith(`${release}/`));
  return {
    names: new Set(ours.map(({ functionName }) => functionName)),
    places: (file) =>
      distinct(
        ours.filter(({ url }) => url === `${release}/${file}`)
          .flatMap(({ ranges: [whole] }) => whole ?? []),
      ),
  };
}

/** The same function is found in several processes. */
function distinct(
  ranges: readonly {
    readonly startOffset: number;
    readonly endOffset: number;
  }[],
): readonly Place[] {
  const all = ranges.map(({ startOffset: start, endOffset: end }) =>
    [`${start}-${end}`, { start, end }] as const
  );
  return [...new Map(all).values()];
}

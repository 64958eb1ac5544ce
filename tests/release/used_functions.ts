import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { denoCommand } from "../../adapters/mod.ts";
import { commandLine, theoryctl } from "../../bench/theoryctl.ts";

const REF = ["--ref", "llm/litellm@1"];

/** What V8 says about the functions of a file. */
interface Coverage {
  readonly url: string;
  readonly functions: readonly {
    readonly functionName: string;
    readonly ranges: readonly { readonly count: number }[];
  }[];
}

/**
 * The names of the functions and modules that help, a check and runs use, found by doing that with the release. Leaves
 * files in `work`.
 */
export async function usedFunctions(
  release: string,
  work: string,
): Promise<ReadonlySet<string>> {
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
  return namesIn(join(work, COVERAGE), pathToFileURL(release).href);
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

function namesIn(folder: string, release: string): ReadonlySet<string> {
  const found = [...Deno.readDirSync(folder)]
    .filter(({ name }) => name.endsWith(".json"))
    .map(({ name }): Coverage =>
      JSON.parse(Deno.readTextFileSync(join(folder, name)))
    )
    .filter(({ url }) => url.startsWith(release));
  const names = found.flatMap(({ functions }) =>
    functions.filter(({ ranges }) => ranges.some(({ count }) => count > 0))
      .map(({ functionName }) => functionName)
  );
  return new Set(names);
}

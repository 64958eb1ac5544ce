import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { denoCommand } from "../../adapters/mod.ts";
import type { Place } from "./inner_functions.ts";
import { documentOf } from "../../bench/lsp/document.ts";
import { commandLine, theoryctl } from "../../bench/theoryctl.ts";
import { framed } from "../lsp/server/framed.ts";

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

/** The same of the language server alone: what it uses until it has told what is wrong with documents. */
export async function usedInEditor(
  release: string,
  work: string,
): Promise<Used> {
  const coverage = join(work, "coverage_of_editor");
  const read = `--allow-read=${release},${work}`;
  const args = ["--no-prompt", read, join(release, "lsp.js")];
  await watched(args, { work, coverage, input: editing(work) });
  return usedIn(coverage, pathToFileURL(release).href);
}

/** What an editor sends, from its start to its end. */
function editing(work: string): string {
  const opened = (["json", "yaml"] as const).map((languageId) => {
    const uri = pathToFileURL(join(work, `opened.${languageId}`)).href;
    const { text } = documentOf(languageId, { size: 1e4, ours: true });
    const textDocument = { uri, languageId, version: 1, text };
    return { method: "textDocument/didOpen", params: { textDocument } };
  });
  const rootUri = pathToFileURL(work).href;
  const params = { processId: null, rootUri, capabilities: {} };
  return framed(
    { id: 1, method: "initialize", params },
    { method: "initialized", params: {} },
    ...opened,
    { id: 2, method: "shutdown" },
    { method: "exit" },
  );
}

const COVERAGE = "coverage";

async function watch(
  words: readonly string[],
  { main, work }: { readonly main: string; readonly work: string },
): Promise<void> {
  const [, ...args] = await commandLine(words, work, main);
  await watched(args, { work, coverage: join(work, COVERAGE) });
}

/** Runs deno once, and has V8 say what was used. */
async function watched(
  args: readonly string[],
  { work, coverage, input = "" }: {
    readonly work: string;
    /** The folder in which V8 says it. */
    readonly coverage: string;
    /** Standard input. */
    readonly input?: string;
  },
): Promise<void> {
  const child = new Deno.Command(await denoCommand(), {
    args: ["run", `--coverage=${coverage}`, ...args],
    cwd: work,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const given = new Blob([input]).stream().pipeTo(child.stdin);
  const { success, code, stderr } = await child.output();
  const said = new TextDecoder().decode(stderr);
  if (!success) {
    throw new Error(`Cannot run "${args.join(" ")}": ${code}, ${said}`);
  }
  await given;
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

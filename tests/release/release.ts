import { dirname, join, resolve } from "node:path";
import config from "../../deno.json" with { type: "json" };
import { repositoryFiles, ROOT } from "../style/repository_files.ts";
import { type Bundle, deno, writeBundle } from "./bundle.ts";
import { compact } from "./compact.ts";
import { compileAhead } from "./compile_ahead.ts";
import { parenthesize } from "./inner_functions.ts";
import { filesNamedIn } from "./late_imports.ts";
import { type Used, usedFunctions, usedInEditor } from "./used_functions.ts";

/** What a run on an instance loads late, in one file that holds nothing else: each kilobyte is read at every start. */
const RUN =
  /^(?:cli\/commands\/(?:local_run|run_processor)|schemas\/json_tree)\.ts$/;

/** The language server alone: whoever wants nothing else takes this file. */
const ONE_FILE = "lsp.js";

/** The programs of a release: the command line, what helps the language server, what ends orphaned containers, the server of a processor and the Worker of a run. */
const BUNDLES: readonly Bundle[] = [
  {
    mains: ["main.ts", "cli/narrowed_worker.ts"],
    folder: "",
    groups: {
      run: RUN,
      ephemeral: /^adapters\/sandbox\/ephemeral\.ts$/,
      engine: /^adapters\/containers\/dockerode\.ts$/,
      check: /^cli\/(?:commands\/check|entry_secrets)\.ts$/,
      serve_editor: /^cli\/commands\/lsp\.ts$/,
      rest: /^/,
    },
  },
  {
    mains: ["lsp.ts"],
    folder: "",
    groups: {},
    only: /^cli\/(?:lsp|settings)\/|^schemas\//,
  },
  {
    mains: ["adapters/programs/guard.ts"],
    folder: "adapters/programs",
    groups: {},
  },
  { mains: ["runtime/serve.ts"], folder: "runtime", groups: {} },
  { mains: ["runtime/worker_main.ts"], folder: "runtime", groups: {} },
];

/**
 * What a release has as it is: the shipped processors, what their images and the types of handlers are made of, the lock, the page
 * that findings link to.
 */
const COPIED =
  /^(?:LICENSE|\.dockerignore|deno\.lock|docs\/errors\.md|registry\/(?:read_ahead\.json|(?!template\/)[^/]+\/.*)|(?:runtime|schemas)\/.*)$/;

/** What of deno.json is about running: handlers and their packages, and what `-P` grants. */
const {
  unstable,
  nodeModulesDir,
  allowScripts,
  permissions,
} = config;

/**
 * Writes a release: a folder that works wherever it is copied to, and needs nothing but Deno and the packages of its
 * handlers. What was in the folder is removed first; it must be a release, or empty, or not there.
 */
export async function writeRelease(release: string): Promise<void> {
  await Deno.mkdir(release, { recursive: true });
  const names = [...Deno.readDirSync(release)].map(({ name }) => name);
  if (names.length > 0 && !MARKS.every((each) => names.includes(each))) {
    throw new Error(`Cannot write a release to "${release}": it is not empty`);
  }
  await empty(release);
  try {
    await fill(release);
  } catch (error) {
    await empty(release);
    throw error;
  }
}

/** What tells a release from other folders, the repository among them. */
const MARKS = ["main.js", "deno.lock"];

async function fill(release: string): Promise<void> {
  const scratch = join(release, ".source");
  const bundled: string[] = [];
  for (const each of BUNDLES) {
    bundled.push(...await writeBundle(each, { release, scratch }));
    await Deno.remove(scratch, { recursive: true });
  }
  await copyRest(release, bundled);
  for (const place of bundled) await assertWhole(release, place);
  await Deno.mkdir(scratch);
  const used = await usedFunctions(resolve(release), resolve(scratch));
  const inEditor = await usedInEditor(resolve(release), resolve(scratch));
  await Deno.remove(scratch, { recursive: true });
  const several = bundled.filter((place) => place !== ONE_FILE);
  for (const place of several) await mark(release, place, used);
  await mark(release, ONE_FILE, inEditor);
  await compact(several.map((place) => resolve(release, place)));
  await compact([resolve(release, ONE_FILE)], { rename: true });
}

/** Marks what of a file is to be compiled ahead. */
async function mark(
  release: string,
  place: string,
  used: Used,
): Promise<void> {
  const file = join(release, place);
  const text = await Deno.readTextFile(file);
  // Of a server most is used in every run.
  const all = place.startsWith("runtime/");
  const ahead = compileAhead(
    parenthesize(text, used.places(place)),
    (name) => all || used.names.has(name),
  );
  await Deno.writeTextFile(file, ahead);
}

/** Throws when a file of a release would start or load one that is not there. */
async function assertWhole(release: string, place: string): Promise<void> {
  const text = await Deno.readTextFile(join(release, place));
  for (const target of filesNamedIn(text, place)) {
    await Deno.stat(join(release, target)).catch((cause) => {
      throw new Error(`Cannot release "${place}": no ${target}`, { cause });
    });
  }
}

/** Its deno.json and its lock name the packages that it imports, and no others: both are read at every start. */
async function copyRest(
  release: string,
  bundled: readonly string[],
): Promise<void> {
  const copied = repositoryFiles().filter((each) => COPIED.test(each));
  for (const place of copied) {
    await Deno.mkdir(join(release, dirname(place)), { recursive: true });
    await Deno.copyFile(new URL(place, ROOT), join(release, place));
  }
  const modules = [...bundled, ...copied].filter((each) =>
    /\.[jt]s$/.test(each)
  );
  const imports = await importedBy(modules, release);
  const settings = { unstable, nodeModulesDir, imports, allowScripts };
  const text = JSON.stringify({ ...settings, permissions }, null, 2);
  await Deno.writeTextFile(join(release, "deno.json"), `${text}\n`);
  await deno(["cache", "--quiet", ...modules], release);
}

/** The part of the import map that modules of a release name. */
async function importedBy(
  modules: readonly string[],
  release: string,
): Promise<Readonly<Record<string, string>>> {
  const texts = await Promise.all(
    modules.map((each) => Deno.readTextFile(join(release, each))),
  );
  const named = texts.flatMap((text) => [...text.matchAll(IMPORTED)])
    .map(([, name = ""]) => name);
  return Object.fromEntries(
    Object.entries(config.imports).filter(([name]) =>
      named.some((each) =>
        name.endsWith("/") ? each.startsWith(name) : each === name
      )
    ),
  );
}

/** What is imported, however much white space there is. */
const IMPORTED = /\b(?:from|import)\s*\(?\s*"([^".][^"]*)"/g;

async function empty(folder: string): Promise<void> {
  for (const { name } of [...Deno.readDirSync(folder)]) {
    await Deno.remove(join(folder, name), { recursive: true });
  }
}

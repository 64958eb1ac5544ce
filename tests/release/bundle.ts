import { dirname, join } from "node:path";
import { denoCommand } from "../../adapters/mod.ts";
import { repositoryFiles, ROOT } from "../style/repository_files.ts";
import {
  computed,
  lateModule,
  lateRequire,
  leftOver,
  rewriteImports,
  sharedNamespaces,
} from "./late_imports.ts";

/** Programs that are bundled together: what they have in common they share. */
export interface Bundle {
  /** Their main modules, below the root; a release has the same with `.js`. */
  readonly mains: readonly string[];
  /** The folder of the release that their files are in; "" for the root. */
  readonly folder: string;
  /** Files of what is loaded late, by name. A module is in the first that it matches. */
  readonly groups: Readonly<Record<string, RegExp>>;
  /** Of a bundle of one file: what is loaded late and is part of it. What is not cannot be loaded. */
  readonly only?: RegExp;
}

/** What a bundle is made from. */
const SOURCE =
  /^(?:(?:main|lsp)\.ts|deno\.(?:json|lock)|(?:adapters|cli|lsp|registry|runtime|schemas)\/.*)$/;

/** Packages with programs in them, which a release has from where its handlers have theirs. */
const UNBUNDLED = ["dockerode"];

/** Where Deno keeps a package, which stands in comments and names and is not the same everywhere. */
const NPM_PACKAGE = /(?:\.\.\/)+[^"\n]*\/npm\/[^/\n]+\//g;

/**
 * Writes a bundle into the folder of a release; answers its files. Works on a copy of the source in `scratch`, which is left there.
 * Throws when something would be missing. Needs write of both folders and permission to run deno.
 */
export async function writeBundle(
  bundle: Bundle,
  { release, scratch }: { readonly release: string; readonly scratch: string },
): Promise<readonly string[]> {
  const groups = await copyRewritten(bundle, scratch);
  await deno([
    "bundle",
    "--quiet",
    "--frozen",
    ...bundle.only === undefined ? ["--code-splitting"] : [],
    ...UNBUNDLED.map((each) => `--external=${each}`),
    "--outdir=.out",
    ...bundle.mains,
    ...groups,
  ], scratch);
  const out = join(scratch, ".out");
  const places = filesBelow(out);
  for (const place of places) {
    const text = await Deno.readTextFile(join(out, place));
    await writeFile(
      join(release, bundle.folder, place),
      finished(text, place),
    );
  }
  return places.map((place) => join(bundle.folder, place));
}

/** Answers the modules, below the root, that others are loaded through. */
async function copyRewritten(
  { folder, groups, only }: Bundle,
  scratch: string,
): Promise<readonly string[]> {
  const late = new Set<string>();
  // A group that is not there fails the bundling of who needs it.
  const groupOf = (place: string) => {
    if (only !== undefined) return only.test(place) ? place : undefined;
    const found = Object.entries(groups).find(([, of]) => of.test(place));
    return join(folder, `${found?.[0] ?? "no_group"}.ts`);
  };
  for (const place of repositoryFiles().filter((each) => SOURCE.test(each))) {
    const source = await Deno.readTextFile(new URL(place, ROOT));
    const rewritten = isModule(place)
      ? rewriteImports(source, { place, folder, groupOf })
      : { text: source, late: [] };
    for (const each of rewritten.late) late.add(each);
    await writeFile(join(scratch, place), rewritten.text);
  }
  const files = Object.keys(groups).map((name) => join(folder, `${name}.ts`));
  for (const file of files) {
    const places = [...late].filter((each) => groupOf(each) === file).sort();
    await writeFile(join(scratch, file), lateModule(file, places));
  }
  return files;
}

/** The templates of new processors are texts. */
function isModule(place: string): boolean {
  return place.endsWith(".ts") && !place.startsWith("registry/template/");
}

function finished(text: string, place: string): string {
  const left = leftOver(text, place.includes("/"));
  if (left.length > 0) {
    throw new Error(
      `Cannot release "${place}": it is left with ${left.join(" and ")}`,
    );
  }
  return sharedNamespaces(lateRequire(computed(text)))
    .replaceAll(NPM_PACKAGE, "npm:")
    .replaceAll(WASM_BYTES, "Uint8Array.fromBase64($1)");
}

/** How the bundler reads the bytes of WebAssembly, a character at a time, which takes milliseconds. */
const WASM_BYTES =
  /Uint8Array\.from\(atob\(("[^"]+")\), \(?(\w+)\)? ?=> ?\2\.charCodeAt\(0\)\)/g;

function filesBelow(folder: string, prefix = ""): readonly string[] {
  return [...Deno.readDirSync(join(folder, prefix))].flatMap((each) => {
    const place = `${prefix}${each.name}`;
    return each.isDirectory ? filesBelow(folder, `${place}/`) : [place];
  });
}

async function writeFile(path: string, text: string): Promise<void> {
  await Deno.mkdir(dirname(path), { recursive: true });
  await Deno.writeTextFile(path, text);
}

/** Runs deno. Throws what it says when it fails. */
export async function deno(
  args: readonly string[],
  cwd: string,
): Promise<void> {
  const { success, stderr } = await new Deno.Command(await denoCommand(), {
    args: [...args],
    cwd,
    stdin: "null",
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}

import { dirname, join, relative } from "node:path/posix";

/** A module as a bundler sees all that it imports. */
export interface Rewritten {
  readonly text: string;
  /** Modules that it loads by a computed address, below the root. */
  readonly late: readonly string[];
}

/** Where a module is, and where it goes. */
export interface Rewriting {
  /** Path of the module below the root. */
  readonly place: string;
  /** The folder of the release that its bundle lies in; "" for the root. */
  readonly folder: string;
  /**
   * The module, below the root, through which another is loaded late: see `lateModule`. The other itself when it is in
   * the same file; undefined when it is not part of the bundle.
   */
  readonly groupOf: (place: string) => string | undefined;
}

/** `later<typeof import("./a.ts")>("./a.ts")` and `body<…>("a")`: functions that load a module. */
const THUNK =
  /\b(?:later|body)<\s*typeof import\("(\.[^"]+)"\)\s*>\(\s*"[^"]+",?\s*\)/g;
/** `load<typeof import("./a.ts")>("a")`: loads a module. */
const LOAD = /\bload<\s*typeof import\("(\.[^"]+)"\)\s*>\(\s*"[^"]+",?\s*\)/g;
/** `import(new URL("./a.ts", import.meta.url).href)`: loads a module. */
const ADDRESS =
  /\bimport\(\s*new URL\("(\.[^"]+)", import\.meta\.url\)\.href,?\s*\)/g;
/** `import("./a.ts")`; not `typeof import("./a.ts")`, and not what is built into Deno. */
const LITERAL = /(?<!typeof )\bimport\(\s*"((?!node:)[^"]+)",?\s*\)/g;
/** `new URL("./a.ts", import.meta.url)`: the main module of a Worker or of another process. */
const MAIN = /new URL\(\s*"(\.[^"]+)\.ts",\s*import\.meta\.url,?\s*\)/g;
/** JavaScript that imports its WebAssembly, which imports it: a bundle would run them the wrong way around. */
const GLUE = /^(blake3\/dist\/wasm\/browser\/blake3_js)\.js$/;

/**
 * Rewrites what a bundler cannot see. What is loaded by a computed address comes out of its group, a file of its own.
 * What is imported where it is first needed stays in the same file, and runs when it is first needed. Main modules of
 * Workers and processes end in `.js`, and what a module says of its own place is true of the release.
 */
export function rewriteImports(source: string, at: Rewriting): Rewritten {
  const late = new Set<string>();
  const fromGroup = (address: string) => {
    const place = join(dirname(at.place), address);
    const group = at.groupOf(place);
    if (group === undefined) return missing(place);
    if (group === place) return whenNeeded(address);
    late.add(place);
    const from = toward(at.place, group);
    return `import(${quoted(from)}).then((m) => m.late[${quoted(place)}]())`;
  };
  const text = source
    .replace(
      LITERAL,
      (_, address) => whenNeeded(address),
    )
    .replace(THUNK, (_, address) => `(() => ${fromGroup(address)})`)
    .replace(LOAD, (_, address) => fromGroup(address))
    .replace(ADDRESS, (_, address) => fromGroup(address))
    .replace(MAIN, (_, address) => `new URL("${address}.js", import.meta.url)`);
  return { text: relocated(text, at), late: [...late].sort() };
}

/** A module that others are loaded through: each runs when it is first asked for. */
export function lateModule(group: string, places: readonly string[]): string {
  const entries = places.map((place) =>
    `  ${quoted(place)}: () => require(${quoted(toward(group, place))}),\n`
  );
  return `export const late = {\n${entries.join("")}};\n`;
}

/**
 * What does not work in a bundled file: an `import()` that the bundler did not see, and, in a file that is not in the
 * folder of its bundle, what is relative to that.
 */
export function leftOver(
  bundled: string,
  elsewhere: boolean,
): readonly string[] {
  // The module of a handler is imported in a text that a Worker is made from.
  const unseen = bundled.matchAll(/\bimport\((?!\s*"|\$\{).*/g);
  const here = elsewhere ? bundled.matchAll(/.*\bimport\.meta\b.*/g) : [];
  return [...unseen, ...here].map(([text]) => text.trim());
}

/** Other files are imported by computed addresses, as in the source: what Deno sees as an import it reads at start. */
export function computed(bundled: string): string {
  return bundled.replace(
    /\bimport\(("\.[^"]+")\)/g,
    "import(new URL($1, import.meta.url).href)",
  );
}

/** The files of a release that a bundled file names by address, below the root; it is at `place` itself. */
export function filesNamedIn(
  bundled: string,
  place: string,
): readonly string[] {
  const found = bundled.matchAll(
    /new URL\("(\.[^"]+\.js)", (?:new URL\("([^"]+)", )?import\.meta\.url\)/g,
  );
  return [...found].map(([, file = "", from = ""]) =>
    join(dirname(from === "" ? place : join(dirname(place), from)), file)
  );
}

/**
 * The `require` of packages that know no modules takes what is built into Deno when it is called: importing that first
 * takes longer than most of a short command.
 */
export function lateRequire(bundled: string): string {
  return bundled.replace(
    /import \{ createRequire as (\w+) \} from "node:module";\nvar __require = \1\(import\.meta\.url\);/,
    "var __require = (name) => process.getBuiltinModule(name);",
  );
}

/**
 * What an importer sees of a package that knows no modules is made once, not for each importer: it has hundreds of names.
 */
export function sharedNamespaces(bundled: string): string {
  return bundled.replace(
    "var __toESM = (mod, isNodeMode, target) => (",
    "var __seen = new Map();\n" +
      "var __toESM = (mod) => __seen.get(mod) ?? __seen.set(mod, __asESM(mod)).get(mod);\n" +
      "var __asESM = (mod, isNodeMode, target) => (",
  );
}

function missing(place: string): string {
  const message = `Cannot load "${place}": it is not part of this program`;
  return `Promise.reject(new Error(${quoted(message)}))`;
}

function whenNeeded(address: string): string {
  return `Promise.resolve().then(() => ${required(address)})`;
}

function required(address: string): string {
  const [, glued] = GLUE.exec(address) ?? [];
  const module = `require(${quoted(address)})`;
  if (glued === undefined) return module;
  return `(require(${quoted(`${glued}_bg.wasm`)}), ${module})`;
}

function relocated(text: string, { place, folder }: Rewriting): string {
  if (dirname(place) === (folder || ".")) return text;
  const here = toward(join(folder, "main.js"), place);
  const url = `new URL(${quoted(here)}, import.meta.url)`;
  return text.replaceAll(
    /\bimport\.meta\.(url|dirname)\b/g,
    (_, kind) =>
      kind === "url"
        ? `${url}.href`
        : `decodeURIComponent(new URL(".", ${url}).pathname.slice(0, -1))`,
  );
}

/** The address of a path below the root, as a module at another says it. */
function toward(from: string, to: string): string {
  const path = relative(dirname(join("/", from)), join("/", to));
  return path.startsWith(".") ? path : `./${path}`;
}

function quoted(text: string): string {
  return JSON.stringify(text);
}

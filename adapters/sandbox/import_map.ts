import {
  dirname,
  Failure,
  fileUrl,
  isObject,
  join,
  property,
  toJson,
} from "../../schemas/mod.ts";
import { parse } from "../../schemas/checker.ts";
import type { ToolkitImports } from "./parts.ts";

type Imports = Readonly<Record<string, string>>;

interface ImportMap {
  readonly imports: Imports;
  readonly scopes: Readonly<Record<string, Imports>>;
}

/** The `imports` of the `deno.json` that applies to a processor. */
export interface ForeignImports {
  /** Folder of the `deno.json`. */
  readonly dir: string;
  readonly imports: Imports;
}

/**
 * One import map for a server whose handler comes from elsewhere: the toolkit's names for everybody,
 * and the names of the handler's own `deno.json` below its folder alone.
 */
export function importMap(
  toolkit: ToolkitImports,
  foreign: ForeignImports,
): ImportMap {
  const base = fileUrl(join(foreign.dir, "/"));
  return {
    imports: absolute(toolkit.imports, toolkit.base),
    scopes: { [base]: absolute(foreign.imports, base) },
  };
}

/** Names of the configuration file, as Deno looks for them. */
const CONFIG_NAMES = ["deno.json", "deno.jsonc"];

/**
 * The `imports` of the nearest `deno.json` of a processor: in its folder or above it up to the root of
 * its registry, which is three levels up.
 */
export async function foreignImports(
  processorDir: string,
): Promise<ForeignImports | undefined> {
  let dir = processorDir;
  for (let level = 0; level <= 3; level++) {
    for (const name of CONFIG_NAMES) {
      const imports = await readImports(join(dir, name));
      if (imports !== undefined) return { dir, imports };
    }
    dir = dirname(dir);
  }
  return undefined;
}

async function readImports(path: string): Promise<Imports | undefined> {
  const text = await readIfThere(path);
  if (text === undefined) return undefined;
  const { root, problems } = parse({ name: path, text, language: "jsonc" });
  const wrong = problems.find(({ severity }) => severity === "error");
  if (wrong !== undefined) throw unreadable(path, wrong.message);
  const value = property(root, "imports")?.value;
  const imports = value === undefined ? {} : toJson(value);
  if (isImports(imports)) return imports;
  throw unreadable(path, "its imports are not an object of names to addresses");
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

function isImports(value: unknown): value is Imports {
  return isObject(value) &&
    Object.values(value).every((each) => typeof each === "string");
}

function absolute(imports: Imports, base: string): Imports {
  return Object.fromEntries(
    Object.entries(imports).map(([name, address]) => [
      /^\.{0,2}\//.test(name) ? new URL(name, base).href : name,
      /^\.{0,2}\//.test(address) ? new URL(address, base).href : address,
    ]),
  );
}

function unreadable(path: string, found: string): Failure {
  return new Failure("ERR_START", `Cannot use "${path}": ${found}`);
}

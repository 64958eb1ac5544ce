import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { Failure, isObject } from "../../schemas/mod.ts";
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
  const base = pathToFileURL(join(foreign.dir, "/")).href;
  return {
    imports: absolute(toolkit.imports, toolkit.base),
    scopes: { [base]: absolute(foreign.imports, base) },
  };
}

/**
 * The `imports` of the nearest `deno.json` of a processor: in its folder or above it up to the root of
 * its registry, which is three levels up. Comments are not read.
 */
export async function foreignImports(
  processorDir: string,
): Promise<ForeignImports | undefined> {
  let dir = processorDir;
  for (let level = 0; level <= 3; level++) {
    const imports = await readImports(join(dir, "deno.json"));
    if (imports !== undefined) return { dir, imports };
    dir = dirname(dir);
  }
  return undefined;
}

async function readImports(path: string): Promise<Imports | undefined> {
  const config = await readJson(path);
  if (config === undefined) return undefined;
  const imports = isObject(config) ? config["imports"] ?? {} : undefined;
  if (!isImports(imports)) throw unreadable(path, "its imports are no names");
  return imports;
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await Deno.readTextFile(path));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    if (error instanceof SyntaxError) throw unreadable(path, error.message);
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
  return new Failure("ERR_START", `Cannot use "${path}": ${found}`, {
    hint: "Write it as JSON without comments, with imports as an object",
  });
}

import {
  type Diagnostic,
  languageOf,
  type Source,
  type Tree,
} from "../../schemas/mod.ts";
import { blockLines, checkConfig, checkEntry } from "../../schemas/checker.ts";
import { check } from "../../schemas/check.ts";
import { goldens, readEntries } from "./golden.ts";

/** A document, and what can be said about any text of it. */
export interface FixCase {
  readonly source: Source;
  /** Undefined for a case that is made from another one. */
  readonly outFile?: URL;
  readonly judge: (text: string) => Judged;
}

export interface Judged {
  readonly tree: Tree;
  readonly diagnostics: readonly Diagnostic[];
}

const DATA = new URL("testdata/", import.meta.url);

/** Every document of the test data, as it is and written in other ways. */
export function fixCases(): readonly FixCase[] {
  const all = [...inputsCases(), ...entryCases(), ...configCases()];
  return all.flatMap((each) => [each, ...otherwise(each)]);
}

/** The same with other line ends, and JSON as the YAML that it is. */
function otherwise({ source, judge }: FixCase): readonly FixCase[] {
  const { text, name } = source;
  if (text.length > 20_000 || text.includes("\r")) return [];
  const crlf = text.replaceAll("\n", "\r\n");
  return [{ source: { ...source, name: `${name} crlf`, text: crlf }, judge }];
}

function inputsCases(): readonly FixCase[] {
  return (["ok", "err", "fixes"] as const).flatMap((folder) =>
    goldens(folder).flatMap(({ source, context, outFile }) => {
      const as = (changes: Partial<Source>): FixCase => {
        const changed = { ...source, ...changes };
        const judge = (text: string) => check({ ...changed, text }, context);
        return { source: changed, judge };
      };
      const block = asBlock(source.text);
      const others = [
        ...(source.language === "json"
          ? [as({ name: `${source.name} as YAML`, language: "yaml" })]
          : []),
        ...(source.language === "json" && block !== undefined
          ? [as({ name: `${source.name} in blocks`, ...block })]
          : []),
      ];
      return [{ ...as({}), outFile }, ...others];
    })
  );
}

/** The same values as YAML in blocks; undefined for what is no object of JSON. */
function asBlock(text: string): Pick<Source, "text" | "language"> | undefined {
  if (text.length > 20_000) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null) return undefined;
    if (Array.isArray(value)) return undefined;
    const lines = Object.entries(value)
      .flatMap(([key, each]) => blockLines(key, each));
    return { text: `${lines.join("\n")}\n`, language: "yaml" };
  } catch {
    return undefined;
  }
}

interface EntryOptions {
  readonly expectedRef?: string;
  readonly files?: readonly string[];
}

function entryCases(): readonly FixCase[] {
  return ["entries/", "fixes/", "documents/registry_entry/invalid/"]
    .flatMap((folder) => {
      const dir = new URL(folder, DATA);
      const named = folder === "fixes/" ? /\bregistry\.yaml$/ : /\.yaml$/;
      return namesIn(dir, named).map((name) => {
        const { expectedRef, files }: EntryOptions = JSON.parse(
          read(new URL(name.replace(/\.yaml$/, ".options.json"), dir)) ?? "{}",
        );
        const options = {
          ...(expectedRef === undefined ? {} : { expectedRef }),
          ...(files === undefined
            ? {}
            : { fileExists: (path: string) => files.includes(path) }),
        };
        return fileCase(name, dir, (source) => checkEntry(source, options));
      });
    });
}

const FLAGS = [
  { name: "ref", kind: "text" },
  { name: "save-dir", kind: "text" },
  { name: "json", kind: "switch" },
  { name: "attach", kind: "list" },
  { name: "mode", kind: "choice", values: ["mock", "real", "smoke"] },
] as const;

function configCases(): readonly FixCase[] {
  const entries = readEntries();
  const registry = {
    entry: (ref: string) => entries.get(ref),
    refs: [...entries.keys()],
  };
  return ["fixes/", "documents/theory_config/invalid/"].flatMap((folder) => {
    const dir = new URL(folder, DATA);
    const named = folder === "fixes/" ? /\btheory\.yaml$/ : /\.yaml$/;
    return namesIn(dir, named).map((name) =>
      fileCase(
        name,
        dir,
        (source) => checkConfig(source, { registry, flags: FLAGS }),
      )
    );
  });
}

function fileCase(
  name: string,
  dir: URL,
  judge: (source: Source) => Judged,
): FixCase {
  const text = read(new URL(name, dir)) ?? "";
  const source = { name, text, language: languageOf(name) };
  return {
    source,
    outFile: new URL(`${name}.out`, dir),
    judge: (text) => judge({ ...source, text }),
  };
}

function namesIn(dir: URL, named: RegExp): readonly string[] {
  return [...Deno.readDirSync(dir)].map(({ name }) => name)
    .filter((name) => named.test(name)).sort();
}

function read(file: URL): string | undefined {
  try {
    return Deno.readTextFileSync(file);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

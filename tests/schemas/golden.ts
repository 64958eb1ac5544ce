import { renderText } from "../../cli/report/mod.ts";
import {
  type CheckContext,
  type Checked,
  type Entry,
  type FileState,
  languageOf,
  type Mode,
  type Source,
} from "../../schemas/mod.ts";
import { check, checkEntry } from "../../schemas/checker.ts";

/** A document with the report that is expected for it, and the check that makes the report. */
export interface Golden {
  readonly source: Source;
  readonly outFile: URL;
  readonly context: CheckContext;
  readonly checked: Checked;
  readonly report: string;
}

/** What `<name>.context.json` may say. */
interface ContextFile {
  readonly ref?: string;
  readonly attachments?: Readonly<Record<string, string>>;
  readonly attachmentsComplete?: boolean;
  readonly mode?: Mode;
  /** States of files; all others are there. */
  readonly files?: Readonly<Record<string, FileState["kind"]>>;
}

const DATA = new URL("testdata/", import.meta.url);
const REGISTRY = new URL("../../registry/", import.meta.url);
const ENTRIES = [
  new URL("processors/chat.yaml", DATA),
  new URL("processors/modes.yaml", DATA),
  new URL("llm/litellm/1/registry.yaml", REGISTRY),
  new URL("replicate/generic/1/registry.yaml", REGISTRY),
];

/** The entries that the documents are for, by ref. */
export function readEntries(): ReadonlyMap<string, Entry> {
  return new Map(ENTRIES.map((url) => {
    const text = Deno.readTextFileSync(url);
    const { entry } = checkEntry({
      name: url.pathname,
      text,
      language: "yaml",
    });
    if (entry === undefined) {
      throw new Error(`Cannot read ${url}: it has errors`);
    }
    return [entry.ref, entry];
  }));
}

/** Every document in a folder of the test data, checked. */
export function goldens(folder: "ok" | "err" | "fixes"): readonly Golden[] {
  const entries = readEntries();
  const dir = new URL(`${folder}/`, DATA);
  return documentNames(dir).map((name) => {
    const text = Deno.readTextFileSync(new URL(name, dir));
    const source = { name, text, language: languageOf(name) };
    const context = contextOf(name, dir, entries);
    const checked = check(source, context);
    const report = renderText([{ source, diagnostics: checked.diagnostics }], {
      color: false,
    });
    const outFile = new URL(`${name}.out`, dir);
    return { source, outFile, context, checked, report };
  });
}

/** The names of the documents in a folder, in order. */
function documentNames(dir: URL): readonly string[] {
  return [...Deno.readDirSync(dir)].map(({ name }) => name)
    .filter((name) => /\.(?:json|jsonc|yaml)$/.test(name))
    .filter((name) => !/\.(?:context|options)\.json$/.test(name))
    .filter((name) => !/\b(?:registry|theory)\.yaml$/.test(name))
    .sort();
}

function contextOf(
  name: string,
  dir: URL,
  entries: ReadonlyMap<string, Entry>,
): CheckContext {
  const file = contextFile(
    new URL(name.replace(/\.\w+$/, ".context.json"), dir),
  );
  const states = file.files ?? {};
  return contextFor(entries, {
    ...(file.ref === undefined ? {} : { ref: file.ref }),
    attachments: new Map(Object.entries(file.attachments ?? {})),
    attachmentsComplete: file.attachmentsComplete ?? true,
    ...(file.mode === undefined ? {} : { mode: file.mode }),
    probe: (path) => {
      const kind = states[path] ?? "file";
      return kind === "file" ? { kind, size: 1 } : { kind };
    },
  });
}

function contextFile(url: URL): ContextFile {
  try {
    return JSON.parse(Deno.readTextFileSync(url));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return {};
    throw error;
  }
}

/** A context in which every file is there, with what a test changes about it. */
export function contextFor(
  entries: ReadonlyMap<string, Entry>,
  changes: Partial<CheckContext> = {},
): CheckContext {
  return {
    registry: { entry: (ref) => entries.get(ref), refs: [...entries.keys()] },
    attachments: new Map(),
    attachmentsComplete: true,
    probe: () => ({ kind: "file", size: 1 }),
    ...changes,
  };
}

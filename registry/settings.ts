import {
  checkConfig,
  type ConfigCheckOptions,
  globMatcher,
} from "../schemas/checker.ts";
import {
  type ConfigDocument,
  type Diagnostic,
  dirname,
  type Fallback,
  join,
  languageOf,
  type Node,
  property,
  resolve,
  SETTINGS_FILES,
  type SettingsAttachment,
  type Source,
  type Tree,
} from "../schemas/mod.ts";
import type { TextReader } from "./text_reader.ts";

/** The settings of a folder and what is below it. */
export interface Settings {
  /** Absolute path of the document. */
  readonly file: string;
  readonly source: Source;
  /** What is wrong with its form; with errors, `config` is empty. */
  readonly diagnostics: readonly Diagnostic[];
  readonly config: ConfigDocument;
  /** Registry roots, absolute. */
  readonly roots: readonly string[];
  /** What is said of an inputs document, by its absolute path: the first rule that matches. */
  rule(path: string): SettingsRule | undefined;
}

/** What settings say of one document. */
export interface SettingsRule {
  readonly processor: Fallback;
  readonly attachments: ReadonlyMap<string, SettingsAttachment>;
}

/** The first settings in folders, the nearest first. */
export function findSettings(
  folders: readonly string[],
  read: TextReader,
): Settings | undefined {
  for (const folder of folders) {
    for (const name of SETTINGS_FILES) {
      const file = join(folder, name);
      const text = read(file);
      if (text !== undefined) return settingsOf(file, text);
    }
  }
  return undefined;
}

/** Reads settings; what is wrong with them, as far as `options` let it be known, is in `diagnostics`. */
export function settingsOf(
  file: string,
  text: string,
  options: ConfigCheckOptions = {},
): Settings {
  const source = { name: file, text, language: languageOf(file) };
  const { tree, diagnostics, config = {} } = checkConfig(source, options);
  const dir = dirname(file);
  const rules = rulesOf(config, tree, file);
  return {
    file,
    source,
    diagnostics,
    config,
    roots: (config.registry ?? []).map((root) => resolve(dir, root)),
    rule(path) {
      const below = dir === "/" ? dir : `${dir}/`;
      if (!path.startsWith(below)) return undefined;
      const relative = path.slice(below.length);
      return rules.find(({ matches }) => matches(relative))?.rule;
    },
  };
}

interface MatchedRule {
  readonly matches: (relative: string) => boolean;
  readonly rule: SettingsRule;
}

function rulesOf(
  { inputs = [] }: ConfigDocument,
  { root }: Tree,
  file: string,
): readonly MatchedRule[] {
  const list = property(root, "inputs")?.value;
  const nodes = list?.kind === "array" ? list.items : [];
  return inputs.map(({ files, ref, attach = {} }, i) => {
    const globs = [files].flat().map(globMatcher);
    const attached = property(nodes[i], "attach")?.value;
    return {
      matches: (relative) => globs.some((matches) => matches(relative)),
      rule: {
        processor: {
          ref,
          at: { source: file, span: spanOf(property(nodes[i], "ref")?.value) },
        },
        attachments: new Map(
          Object.entries(attach).map(([name, path]) => [name, {
            path: resolve(dirname(file), path),
            at: { source: file, span: keySpan(attached, name) },
          }]),
        ),
      },
    };
  });
}

function spanOf(node: Node | undefined) {
  return node?.span ?? { start: 0, end: 0 };
}

function keySpan(node: Node | undefined, key: string) {
  return property(node, key)?.keySpan ?? spanOf(node);
}

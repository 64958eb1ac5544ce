/** Documents as VS Code and the protocol both describe them. */
export interface Filter {
  readonly scheme: string;
  readonly language?: string;
  readonly pattern?: string | FolderPattern;
}

/** Files of one folder. */
export interface FolderPattern {
  /** Address of the folder. */
  readonly baseUri: string;
  readonly pattern: string;
}

/** The languages in which documents are written. */
export const LANGUAGES = ["json", "jsonc", "yaml"] as const;

const FILES = "*.{json,jsonc,yaml,yml}";

/** Names that say what is in a file. */
const NAMES = [
  "registry.yaml",
  "theory.{yaml,json}",
  "inputs.{json,jsonc,yaml,yml}",
  `inputs[._-]${FILES}`,
  "*[._-]inputs.{json,jsonc,yaml,yml}",
  `*[._-]inputs[._-]${FILES}`,
];

/**
 * The documents that are sent to the server: those whose names say what they are, those that are in no file yet, and
 * all of the folders in which a document was found by what it says. The server leaves alone what is none of its own;
 * it is not sent all JSON and YAML, so that VS Code does not ask it about every file.
 */
export function selectorOf(foldersFound: readonly string[]): readonly Filter[] {
  return [
    ...NAMES.map((name) => ({ scheme: "file", pattern: `**/${name}` })),
    ...LANGUAGES.map((language) => ({ scheme: "untitled", language })),
    ...foldersFound.map((baseUri) => ({
      scheme: "file",
      pattern: { baseUri, pattern: FILES },
    })),
  ];
}

/** Those of a selection that are YAML. JSON has a formatter in VS Code already, and two of them make it ask which. */
export function yamlOf(selector: readonly Filter[]): readonly Filter[] {
  return selector.flatMap((each) =>
    each.language === undefined || each.language === "yaml"
      ? [{ ...each, language: "yaml" }]
      : []
  );
}

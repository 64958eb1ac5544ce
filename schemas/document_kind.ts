import type { Source } from "./source.ts";

/** The documents of the house that people write. */
export type DocumentKind = "inputs" | "entry" | "config";

/** Names of the document that holds the settings of a folder; the first one that is there counts. */
export const SETTINGS_FILES = ["theory.yaml", "theory.json"] as const;

/** UTF-16 code units of a document's beginning that are looked at. */
export const HEAD = 4096;

/**
 * What a document is, by its name or else by how it begins; undefined for what is none of ours. Cheap: an editor asks
 * it of every JSON and YAML file. An inputs document says `schema: v1` and `params` in its first 4096 code units, or
 * names its processor, or has `inputs` as a word of its name.
 */
export function documentKind(
  { name, text }: Pick<Source, "name" | "text">,
): DocumentKind | undefined {
  const file = name.slice(name.lastIndexOf("/") + 1);
  const kind = kindByName(file);
  if (kind !== undefined) return kind;
  if (!/\.(jsonc?|ya?ml)$/i.test(file)) return undefined;
  const head = text.slice(0, HEAD);
  if (/(^|[._-])inputs([._-])/i.test(file)) return "inputs";
  if (/^\s*#\s*processor:/m.test(head)) return "inputs";
  if (/(^|[\s{,])["']?\$processor["']?\s*:/m.test(head)) return "inputs";
  return SCHEMA_V1.test(head) && PARAMS.test(head) ? "inputs" : undefined;
}

/** What a document is whose name alone says it. */
export function kindByName(name: string): "entry" | "config" | undefined {
  const file = name.slice(name.lastIndexOf("/") + 1);
  if (file === "registry.yaml") return "entry";
  return SETTINGS_FILES.some((each) => each === file) ? "config" : undefined;
}

const SCHEMA_V1 =
  /(^|[\s{,])["']?schema["']?\s*:\s*["']?v1["']?\s*(?=[\n\r,}#]|$)/m;
const PARAMS = /(^|[\s{,])["']?params["']?\s*:/m;

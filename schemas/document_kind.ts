import type { Source } from "./source.ts";
import { type TopKeys, topKeys } from "./top_keys.ts";

/** The documents of the house that people write. */
export type DocumentKind = "inputs" | "entry" | "config";

/** Names of the document that holds the settings of a folder; the first one that is there counts. */
export const SETTINGS_FILES = ["theory.yaml", "theory.json"] as const;

/** UTF-16 code units of a document's beginning, and of its end, that are looked at. */
export const HEAD = 4096;

/**
 * What a document is, by its name or else by how it begins; undefined for what is none of ours. Cheap: an editor asks
 * it of every JSON and YAML file. An inputs document says `schema: v1` and has `params` at its top, as far as its
 * first 4096 code units show, or names its processor, or has `inputs` as a word of its name.
 */
export function documentKind(
  { name, text }: Pick<Source, "name" | "text">,
): DocumentKind | undefined {
  const file = name.slice(name.lastIndexOf("/") + 1);
  const kind = kindByName(file);
  if (kind === "config") return kind;
  if (!/\.(jsonc?|ya?ml)$/i.test(file)) return undefined;
  const head = text.slice(0, HEAD);
  const keys = topKeys(head);
  // Other programs have a registry.yaml, too.
  if (keys.has("apiVersion") && keys.has("kind")) return undefined;
  if (kind !== undefined || /(^|[._-])inputs[._-]/i.test(file)) {
    return kind ?? "inputs";
  }
  return saysInputs(head, keys) || saysVersionLast(text, keys)
    ? "inputs"
    : undefined;
}

function saysInputs(head: string, keys: TopKeys): boolean {
  if (keys.has("$processor") || MODELINE.test(head)) return true;
  return keys.has("params") && isV1(keys.get("schema"));
}

const MODELINE = /^\s*(?:#|\/\/)\s*processor:\s*\S+@\d+\s*$/m;

function isV1(value: string | undefined): boolean {
  return value !== undefined && /^(["']?)v1\1(\s+#.*)?$/.test(value);
}

/** Canonical JSON has its keys in order, so that `schema` may stand behind all of `params`. */
function saysVersionLast(text: string, keys: TopKeys): boolean {
  if (text.length <= HEAD || !keys.has("params")) return false;
  const tail = text.slice(-HEAD);
  return /,\s*"schema"\s*:\s*"v1"\s*\}\s*$/.test(tail) ||
    /^schema\s*:\s*(["']?)v1\1\s*(#.*)?$/m.test(tail);
}

/** What a document is whose name alone says it. */
export function kindByName(name: string): "entry" | "config" | undefined {
  const file = name.slice(name.lastIndexOf("/") + 1);
  if (file === "registry.yaml") return "entry";
  return SETTINGS_FILES.some((each) => each === file) ? "config" : undefined;
}

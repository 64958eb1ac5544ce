import type {
  DeclaredOutput,
  Entry,
  Json,
  WorldPath,
  WritePrefix,
} from "../../schemas/mod.ts";
import { Failure, isObject, underPrefix } from "../../schemas/mod.ts";
import type { Said } from "../ports.ts";
import type { FoundOutput } from "./collect.ts";
import type { OutputContent } from "./stored_outputs.ts";

/**
 * The outputs that a processor answers with by name and value, in place of files: percent-encoded JSON after `?data=`
 * (protocols.md 3.3), or the value itself (3.4). Names that the entry does not declare, and what a file was found for,
 * are left out.
 */
export function valuesSaid(
  { outputs }: Said,
  { entry, writePrefix, found }: {
    readonly entry: Entry;
    readonly writePrefix: WritePrefix;
    readonly found: readonly Pick<FoundOutput, "path">[];
  },
): readonly OutputContent[] {
  if (!isObject(outputs)) return [];
  return entry.outputs.flatMap(({ name, path, mime }) => {
    const value = Object.hasOwn(outputs, name) ? outputs[name] : undefined;
    const bytes = value === undefined
      ? undefined
      : bytesOf(value, { name, mime });
    const place = underPrefix(writePrefix, path);
    if (bytes === undefined || !place.ok || path.endsWith("/")) return [];
    if (found.some((each) => each.path === place.path)) return [];
    return [contentOf(place.path, { mime, bytes })];
  });
}

function contentOf(
  path: WorldPath,
  { mime, bytes }: { readonly mime: string; readonly bytes: Uint8Array },
): OutputContent {
  return { path, mime, put: (store) => store.put([bytes]) };
}

const DATA = "?data=";

/** The bytes of a value; undefined when it only tells where they are, or that there are none. */
function bytesOf(
  value: Json,
  { name, mime }: Pick<DeclaredOutput, "name" | "mime">,
): Uint8Array | undefined {
  const encoder = new TextEncoder();
  if (value === null) return undefined;
  if (typeof value !== "string") return encoder.encode(JSON.stringify(value));
  const at = value.indexOf(DATA);
  if (at < 0) return undefined;
  const text = decoded(value.slice(at + DATA.length), name);
  const content: unknown = parsed(text, name);
  const isPlain = typeof content === "string" && !mime.includes("json");
  return encoder.encode(isPlain ? content : text);
}

function decoded(text: string, name: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    throw unreadable(name, error);
  }
}

function parsed(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw unreadable(name, error);
  }
}

function unreadable(name: string, cause: unknown): Failure {
  return new Failure(
    "ERR_BAD_RESPONSE",
    `Cannot read output "${name}": what follows ${DATA} is not percent-encoded JSON`,
    { cause },
  );
}

import type { Json } from "theoryctl/handler";
import type { Endpoint } from "./endpoint.ts";

/** A file that an output names. */
export interface OutputFile {
  readonly url: string;
  /** Relative to the write prefix: `files/<n>-<name>`. */
  readonly name: string;
}

/** An output with names in place of URLs, and the files to get. */
export interface OutputPlan {
  readonly output: Json;
  readonly files: readonly OutputFile[];
  /** URLs of other hosts, which are left as they are. */
  readonly foreign: readonly string[];
}

/** Finds the files of an output, at any depth. A URL that stands twice is one file. */
export function planOutputs(endpoint: Endpoint, output: Json): OutputPlan {
  const names = new Map<string, string>();
  const foreign: string[] = [];
  const named = replaceStrings(output, (text) => {
    if (!isFile(endpoint, text)) {
      if (/^(https?|file|ftp):\/\/\S+$/i.test(text)) foreign.push(text);
      return text;
    }
    const name = names.get(text) ?? `files/${names.size}-${baseName(text)}`;
    names.set(text, name);
    return name;
  });
  const files = [...names].map(([url, name]) => ({ url, name }));
  return { output: named, files, foreign };
}

function replaceStrings(value: Json, replace: (text: string) => string): Json {
  if (typeof value === "string") return replace(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    return value.map((item) => replaceStrings(item, replace));
  }
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, item]) => [key, replaceStrings(item, replace)]),
  );
}

/** The text of an output that is one: a text, or a list of texts that belong together, without files. */
export function textOf(endpoint: Endpoint, output: Json): string | undefined {
  const pieces: readonly Json[] = Array.isArray(output) ? output : [output];
  const texts = pieces.filter((each) => typeof each === "string");
  const whole = texts.length > 0 && texts.length === pieces.length;
  if (!whole || texts.some((each) => isFile(endpoint, each))) return undefined;
  return texts.join("");
}

function isFile(endpoint: Endpoint, text: string): boolean {
  if (DATA_URL.test(text)) return true;
  const url = /^https?:\/\/\S+$/.test(text) ? URL.parse(text) : null;
  return url !== null && isKnownHost(endpoint, url);
}

/** The head of a `data:` URL, with its media type and whether it is base64. */
export const DATA_URL =
  /^data:(?<mime>[a-z]+\/[\w.+-]+)(?:;[\w-]+=[\w.-]+)*(?<base64>;base64)?,/i;

/** Whether files are fetched from there: the provider itself, and where Replicate puts its files. */
export function isKnownHost({ base }: Endpoint, url: URL): boolean {
  if (url.username !== "" || url.password !== "") return false;
  if (url.origin === base.origin) return true;
  return url.protocol === "https:" && url.port === "" &&
    /(^|\.)replicate\.delivery$/.test(url.hostname);
}

/** A name for a file that is safe on every system. */
function baseName(url: string): string {
  const mime = DATA_URL.exec(url)?.groups?.["mime"]?.toLowerCase();
  if (mime !== undefined) return `output${EXTENSIONS[mime] ?? ""}`;
  const last = decoded(new URL(url).pathname.split("/").at(-1) ?? "");
  const safe = last.replaceAll(/[^A-Za-z0-9._-]+/g, "_").replace(/^[._]+/, "");
  return safe.slice(-100) || "output";
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

const EXTENSIONS: Readonly<Record<string, string>> = {
  "application/json": ".json",
  "application/zip": ".zip",
  "audio/mpeg": ".mp3",
  "audio/wav": ".wav",
  "image/gif": ".gif",
  "image/jpeg": ".jpg",
  "image/png": ".png",
  "image/svg+xml": ".svg",
  "image/webp": ".webp",
  "model/gltf-binary": ".glb",
  "text/plain": ".txt",
  "video/mp4": ".mp4",
};

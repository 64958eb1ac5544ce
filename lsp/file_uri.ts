import { isAbsolute, resolve } from "../schemas/mod.ts";

/**
 * The absolute path that a URI names; undefined when it names no file. Takes what editors send: `file:///a%20b`,
 * `file:/a`, `file://localhost/a`. Paths of Windows get slashes: `file:///c%3A/a` is `c:/a`, `file://server/share/a`
 * is `//server/share/a`.
 */
export function filePath(uri: string): string | undefined {
  const parts = /^file:(?:\/\/([^/?#]*))?(\/[^?#]*)/i.exec(uri);
  if (parts === null || /%2f|%00/i.test(uri)) return undefined;
  const host = decoded(parts[1] ?? "");
  const path = decoded(parts[2] ?? "");
  if (host === undefined || path === undefined) return undefined;
  if (host !== "" && host.toLowerCase() !== "localhost") {
    return `//${host}${path}`;
  }
  return /^\/[A-Za-z]:(?=\/|$)/.test(path) ? path.slice(1) : path;
}

/** The `file:` URI of an absolute path, also one of Windows, with slashes or backslashes. */
export function fileUri(path: string): string {
  const windows = /^[A-Za-z]:[\\/]|^\\\\/.test(path);
  const slashes = windows ? path.replaceAll("\\", "/") : path;
  const written = slashes.toWellFormed().split("/").map(escaped).join("/");
  if (/^\/\/[^/]/.test(written)) return `file:${written}`;
  return `file://${written.startsWith("/") ? "" : "/"}${written}`;
}

/** The last name in the path of a URI, for what is not in a file. */
export function lastName(uri: string): string {
  const path = uri.replace(/[?#].*$/s, "");
  const start = Math.max(path.lastIndexOf("/"), path.indexOf(":")) + 1;
  const name = path.slice(start);
  return decoded(name) ?? name;
}

/** The absolute path of a path that may be relative to a folder; both may be of Windows, with slashes. */
export function resolveFrom(folder: string, path: string): string {
  const given = path.replace(
    /^[A-Za-z]:\\.*/s,
    (all) => all.replaceAll("\\", "/"),
  );
  const from = DRIVE.test(given) || isAbsolute(given) ? given : folder;
  const full = resolve("/", from === given ? given : `${folder}/${given}`);
  if (DRIVE.test(from)) return full.slice(1);
  return /^\/\/[^/]/.test(from) ? `/${full}` : full;
}

const DRIVE = /^[A-Za-z]:\//;

/** Characters that a path of a URI may hold as they are, beside those that `encodeURIComponent` leaves. */
const PLAIN = /%(?:3A|40|24|26|2B|2C|3B|3D)/g;

function escaped(segment: string): string {
  return encodeURIComponent(segment).replaceAll(PLAIN, decodeURIComponent);
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

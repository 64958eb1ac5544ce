import type { Cid } from "./cid.ts";
import { basename } from "./file_path.ts";
import type { Json, JsonObject } from "./json.ts";
import { isObject } from "./json.ts";
import { mimeOf } from "./mime.ts";
import { escapeForWorldPath, parseWorldPath } from "./world_path.ts";

/** What a `{"$attach": "name"}` becomes before sending. */
export interface ArtifactObject {
  readonly $artifact: string;
  readonly cid: Cid;
  readonly mime: string;
}

/** Whether a name can be given everywhere, on the command line, too; documents may use others. */
export function isAttachmentName(name: string): boolean {
  return /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(name);
}

/** World path of an attached file: `/artifacts/inputs/<cid>/<file name>`. */
export function attachmentPath(cid: Cid, fileName: string): string {
  return `/artifacts/inputs/${cid}/${fileName}`;
}

/**
 * What stands for an attached file in the payload as it is sent, by the path that declares it; undefined when its name
 * cannot be part of a world path.
 */
export function artifactObject(
  declared: string,
  cid: Cid,
): ArtifactObject | undefined {
  const name = basename(declared).normalize("NFC");
  const result = parseWorldPath(attachmentPath(cid, escapeForWorldPath(name)));
  return result.ok
    ? { $artifact: escapeForWorldPath(result.path), cid, mime: mimeOf(name) }
    : undefined;
}

/** The name in an object that is exactly `{"$attach": "name"}`. */
export function attachName(value: Json): string | undefined {
  if (!isObject(value) || Object.keys(value).length !== 1) return undefined;
  const name = value["$attach"];
  return typeof name === "string" ? name : undefined;
}

/**
 * A copy of a value in which every `{"$attach": "name"}`, at any depth, is replaced by what
 * `resolve` answers; where it answers nothing, the object stays.
 */
export function rewriteAttachments(
  value: Json,
  resolve: (name: string) => ArtifactObject | undefined,
): Json {
  if (Array.isArray(value)) {
    return value.map((item) => rewriteAttachments(item, resolve));
  }
  if (!isObject(value)) return value;
  const name = attachName(value);
  if (name !== undefined) {
    return resolve(name) as JsonObject | undefined ?? value;
  }
  return Object.fromEntries(
    Object.entries(value).map((
      [key, item],
    ) => [key, rewriteAttachments(item, resolve)]),
  );
}

import type { Json, JsonObject, WorldPath } from "../../schemas/mod.ts";
import {
  Failure,
  isCid,
  isObject,
  mimeOf,
  parseWorldPath,
} from "../../schemas/mod.ts";
import type { ArtifactStore, AttachedArtifact } from "../ports.ts";
import type { AttachProgress } from "./attach_progress.ts";

/** `$artifact` objects that a document has itself, found in the store: object → what it names. */
export type DirectArtifacts = ReadonlyMap<JsonObject, AttachedArtifact>;

export interface DirectOptions {
  readonly store: ArtifactStore;
  readonly onProgress?: (progress: AttachProgress) => void;
}

/**
 * Finds every `{"$artifact": …}` object of a value in the store: by its cid when it has one, which decides
 * for good, otherwise by its path. What is not there is `ERR_ARTIFACT_MISSING`, what is damaged `ERR_STORE`: it is
 * read, for there is nothing else to compare it with, or to mend it from.
 */
export async function findDirectArtifacts(
  value: Json,
  options: DirectOptions,
): Promise<DirectArtifacts> {
  const found = new Map<JsonObject, AttachedArtifact>();
  for (const object of artifactObjects(value)) {
    found.set(object, await findArtifact(object, options.store));
  }
  const byCid = new Map([...found.values()].map((each) => [each.cid, each]));
  for (const artifact of byCid.values()) await requireWhole(artifact, options);
  return found;
}

/** A copy of a value in which the objects found have their cid and media type. */
export function completeArtifacts(value: Json, found: DirectArtifacts): Json {
  if (Array.isArray(value)) {
    return value.map((item) => completeArtifacts(item, found));
  }
  if (!isObject(value)) return value;
  const artifact = found.get(value);
  if (artifact !== undefined) {
    const { cid, mime } = artifact;
    return { ...value, cid, mime };
  }
  return Object.fromEntries(
    Object.entries(value).map((
      [key, item],
    ) => [key, completeArtifacts(item, found)]),
  );
}

/** Every `{"$artifact": …}` object of a value, in its order. */
export function artifactObjects(value: Json): readonly JsonObject[] {
  if (Array.isArray(value)) return value.flatMap(artifactObjects);
  if (!isObject(value)) return [];
  if (typeof value["$artifact"] === "string") return [value];
  return Object.values(value).flatMap(artifactObjects);
}

async function findArtifact(
  object: JsonObject,
  store: ArtifactStore,
): Promise<AttachedArtifact> {
  const text = String(object["$artifact"]);
  const path = worldPathOf(text);
  const record = await store.resolve(path);
  const { cid = record?.cid, mime = record?.mime } = object;
  const stored = typeof cid === "string" && isCid(cid)
    ? await store.claim(cid)
    : undefined;
  if (stored === undefined) throw missing(text, object["cid"]);
  const name = path.split("/").at(-1) ?? "";
  return {
    name,
    path,
    ...stored,
    mime: typeof mime === "string" ? mime : mimeOf(name),
  };
}

async function requireWhole(
  { name, path, cid, size: total }: AttachedArtifact,
  { store, onProgress }: DirectOptions,
): Promise<void> {
  let done = 0;
  const { state } = await store.verify(cid, (count) => {
    done += count;
    onProgress?.({ name, done, total });
  });
  if (state === "whole") return;
  throw new Failure(
    "ERR_STORE",
    `Cannot use artifact "${path}": its bytes in the store are ${state}`,
  );
}

function worldPathOf(text: string): WorldPath {
  const result = parseWorldPath(text);
  if (result.ok) return result.path;
  throw new Failure(result.problem.code, result.problem.message);
}

function missing(path: string, cid: Json | undefined): Failure {
  return new Failure(
    "ERR_ARTIFACT_MISSING",
    `Cannot use artifact "${path}": the store has no ${
      cid === undefined ? "such path" : `content ${JSON.stringify(cid)}`
    }`,
  );
}

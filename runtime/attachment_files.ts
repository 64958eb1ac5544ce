import { Failure, isCid, isObject, parseWorldPath } from "./schemas.ts";
import type { Cid, Json, JsonObject } from "./schemas.ts";
import type { AttachmentFile } from "./messages.ts";
import { fileOf } from "./outputs.ts";

/** Where the bytes of attachments may be. */
export interface AttachmentPlaces {
  readonly objectsDir: string | undefined;
  readonly runDir: string;
}

/**
 * Finds the file of every `{"$artifact", "cid", "mime"}` object in `params`, in document order, each
 * once. Needs read access to both places. Throws `ERR_ARTIFACT_MISSING` or `ERR_ARTIFACT_PATH`.
 */
export async function findAttachmentFiles(
  params: JsonObject,
  places: AttachmentPlaces,
): Promise<readonly AttachmentFile[]> {
  const found = new Map<string, Artifact>();
  for (const object of artifactObjects(params)) {
    const artifact = readArtifact(object);
    found.set(`${artifact.path}\n${artifact.cid}`, artifact);
  }
  return await Promise.all(
    [...found.values()].map((each) => locate(each, places)),
  );
}

type Artifact = Pick<AttachmentFile, "path" | "cid" | "mime">;

function artifactObjects(value: Json): readonly JsonObject[] {
  if (Array.isArray(value)) return value.flatMap(artifactObjects);
  if (!isObject(value)) return [];
  return Object.hasOwn(value, "$artifact")
    ? [value]
    : Object.values(value).flatMap(artifactObjects);
}

function readArtifact(object: JsonObject): Artifact {
  const { $artifact: path, cid, mime } = object;
  if (typeof path !== "string" || !parseWorldPath(path).ok) {
    throw new Failure(
      "ERR_ARTIFACT_PATH",
      `Cannot use $artifact ${JSON.stringify(path)}: it is no world path`,
    );
  }
  if (typeof cid !== "string" || !isCid(cid)) {
    throw missing(
      path,
      "its cid is missing or not of the form b3:<64 hex digits>",
    );
  }
  return {
    path,
    cid,
    mime: typeof mime === "string" ? mime : "application/octet-stream",
  };
}

async function locate(
  artifact: Artifact,
  places: AttachmentPlaces,
): Promise<AttachmentFile> {
  for (const file of candidates(artifact, places)) {
    const info = await Deno.lstat(file).catch(() => undefined);
    if (info?.isFile) {
      const name = artifact.path.slice(artifact.path.lastIndexOf("/") + 1);
      return { ...artifact, name, size: info.size, file };
    }
  }
  throw missing(artifact.path, `${artifact.cid} is not in the artifact store`);
}

function candidates(
  { cid, path }: { readonly cid: Cid; readonly path: string },
  { objectsDir, runDir }: AttachmentPlaces,
): readonly string[] {
  const hex = cid.slice("b3:".length);
  return [
    ...(objectsDir === undefined
      ? []
      : [`${objectsDir}/${hex.slice(0, 2)}/${hex}`]),
    ...(path.startsWith("/artifacts/") ? [fileOf(path, runDir)] : []),
  ];
}

function missing(path: string, found: string): Failure {
  return new Failure(
    "ERR_ARTIFACT_MISSING",
    `Cannot read artifact "${path}": ${found}`,
  );
}

import type {
  ArtifactObject,
  DeclaredAttachment,
  InputsDocument,
} from "../../schemas/mod.ts";
import {
  escapeForWorldPath,
  Failure,
  rewriteAttachments,
} from "../../schemas/mod.ts";
import type {
  ArtifactStore,
  AttachedArtifact,
  AttachedInputs,
} from "../ports.ts";
import type { AttachProgress } from "./attach_progress.ts";
import { completeArtifacts, findDirectArtifacts } from "./direct_artifacts.ts";
import type { MovingLimits } from "../while_moving.ts";
import { whileMoving } from "../while_moving.ts";
import type { KnownFiles } from "./known_files.ts";
import { putFile } from "./put_file.ts";

export interface AttachOptions {
  readonly store: ArtifactStore;
  /** Absolute path of a declared file. */
  readonly resolvePath: (declared: DeclaredAttachment) => string;
  readonly signal: AbortSignal;
  /** With it, a file that did not change since the last run is not read again. */
  readonly known?: KnownFiles;
  readonly onProgress?: (progress: AttachProgress) => void;
  /** Milliseconds after which a disk that does not move counts as dead; default as in `whileMoving`. */
  readonly stallMs?: number;
}

/** An attached file in the store, and the object that stands for it in the payload. */
interface Attached {
  readonly artifact: AttachedArtifact;
  readonly object: ArtifactObject;
}

/**
 * Puts every declared file into the store, names it there, and rewrites the payload as it is sent. A
 * file that two names declare is read once. `$artifact` objects that the document has itself must be in the
 * store, whole, for which they are read. Throws a `Failure`: `ERR_ATTACH_MISSING`, `ERR_ATTACH_DIRECTORY`, `ERR_ATTACH_UNREADABLE`,
 * `ERR_ATTACH_TIMEOUT`, `ERR_ARTIFACT_MISSING`, `ERR_STORE`, or the code of the world path rule that a file name breaks.
 */
export async function attach(
  document: InputsDocument,
  options: AttachOptions,
): Promise<AttachedInputs> {
  return await whileMoving(limitsOf(options), (moved) => {
    const onProgress = (progress: AttachProgress) => {
      moved(`reading "${progress.name}"`);
      options.onProgress?.(progress);
    };
    return attachAll(document, { ...options, onProgress });
  });
}

function limitsOf({ signal, stallMs }: AttachOptions): MovingLimits {
  return {
    signal,
    ...(stallMs === undefined ? {} : { stallMs }),
    interrupted: () =>
      new Failure("ERR_INTERRUPTED", "Cannot attach files: interrupted"),
    stalled: (seconds, doing) =>
      new Failure(
        "ERR_ATTACH_TIMEOUT",
        `Cannot attach files: nothing moved for ${seconds} s while ${
          doing || "looking at them"
        }`,
      ),
  };
}

async function attachAll(
  document: InputsDocument,
  options: AttachOptions,
): Promise<AttachedInputs> {
  const direct = await findDirectArtifacts(document.payload, options);
  const attached = new Map<string, Attached>();
  const byFile = new Map<string, Attached>();
  for (const declared of document.attachments) {
    const file = options.resolvePath(declared);
    const known = byFile.get(file) ??
      await attachFile(file, declared, options);
    byFile.set(file, known);
    const { name } = declared;
    attached.set(name, { ...known, artifact: { ...known.artifact, name } });
  }
  const payload = rewriteAttachments(
    completeArtifacts(document.payload, direct),
    (name) => attached.get(name)?.object,
  );
  const artifacts = [
    ...[...attached.values()].map(({ artifact }) => artifact),
    ...direct.values(),
  ];
  const inputs: unknown = { payload, artifacts };
  return inputs as AttachedInputs;
}

async function attachFile(
  file: string,
  { name, path: declared }: DeclaredAttachment,
  { onProgress, ...options }: AttachOptions,
): Promise<Attached> {
  const stored = await putFile(file, {
    ...options,
    declared,
    onBytes: (done, total) => onProgress?.({ name, done, total }),
  });
  const { cid, mime } = stored;
  // Written so that reading it as a world path gives that path back.
  const text = escapeForWorldPath(stored.path);
  return {
    artifact: { name, ...stored },
    object: { $artifact: text, cid, mime },
  };
}

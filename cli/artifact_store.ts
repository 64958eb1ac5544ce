import {
  type ArtifactStore,
  fileStore,
  type KnownFiles,
  knownFiles,
  openStateDir,
} from "../adapters/mod.ts";
import {
  type Cid,
  Failure,
  isCid,
  parseWorldPath,
  resolve,
  type WorldPath,
} from "../schemas/mod.ts";
import { stateDirOf } from "./touches.ts";
import type { World } from "./world.ts";

/** The artifacts of a state folder. */
export interface Artifacts {
  /** Absolute path of the state folder. */
  readonly stateDir: string;
  readonly store: ArtifactStore;
  readonly known: KnownFiles;
}

/** Opens the artifact store of a state folder, making the folder when it is not there. */
export async function openArtifacts(
  flags: { readonly stateDir: string | undefined },
  world: World,
): Promise<Artifacts> {
  const stateDir = resolve(world.cwd, stateDirOf(flags, world));
  const { artifacts, known } = await openStateDir(stateDir);
  return {
    stateDir,
    store: fileStore(artifacts),
    known: knownFiles(known),
  };
}

/** An artifact that was asked for by cid or by world path; by cid, less is known. */
export interface FoundArtifact {
  readonly cid: Cid;
  readonly size_bytes: number;
  readonly path?: WorldPath;
  readonly mime?: string;
}

/** Finds an artifact by cid or world path; `ERR_ARTIFACT_MISSING` when the store does not have it. */
export async function findArtifact(
  name: string,
  store: ArtifactStore,
): Promise<FoundArtifact> {
  if (isCid(name)) {
    const there = await store.claim(name);
    if (there === undefined) throw missing(name, "the store has no such bytes");
    return { cid: name, size_bytes: there.size };
  }
  if (name.startsWith("b3:")) {
    throw new Failure(
      "ERR_USAGE",
      `Cannot get artifact "${name}": a cid is b3: and 64 hexadecimal digits in lower case`,
    );
  }
  const path = worldPath(name, "Cannot get");
  const record = await store.resolve(path);
  if (record === undefined) throw missing(name, "no such path");
  const { cid, size, mime } = record;
  if (await store.claim(cid) === undefined) {
    throw missing(name, `the store has lost its bytes, ${cid}`);
  }
  return { cid, size_bytes: size, path, mime };
}

/** The canonical form of a world path on a command line; a failure with the code of the rule it breaks. */
export function worldPath(text: string, what: string): WorldPath {
  const result = parseWorldPath(text);
  if (result.ok) return result.path;
  const { code, found } = result.problem;
  throw new Failure(code, `${what} "${text}": ${found}`);
}

function missing(name: string, found: string): Failure {
  return new Failure(
    "ERR_ARTIFACT_MISSING",
    `Cannot get artifact "${name}": ${found}`,
    { hint: "artifacts list shows what there is" },
  );
}

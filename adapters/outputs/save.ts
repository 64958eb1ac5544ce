import type { Cid, OutputRecord, SuccessEnvelope } from "../../schemas/mod.ts";
import { dirname, Failure, join } from "../../schemas/mod.ts";
import type { ArtifactStore } from "../ports.ts";
import { isSystemError } from "../system_error.ts";
import type { Moved, MovingLimits } from "../while_moving.ts";
import { whileMoving } from "../while_moving.ts";
import { beginSave, sweepSaves } from "./save_file.ts";
import type { SaveTarget } from "./save_target.ts";

/**
 * Writes the outputs of a run where the user wants them, over what is there, and answers the files. A
 * folder mirrors the world paths: `D/artifacts/…`. Below the folder no symbolic link is followed. A file
 * gets its name when it is whole. What cannot be written is `ERR_SAVE`; the outputs are still in the store.
 */
export async function saveOutputs(
  envelope: SuccessEnvelope,
  target: SaveTarget,
  { store, signal = NEVER, killed, stallMs }: SaveMeans,
): Promise<readonly string[]> {
  return await whileMoving(
    { ...saveLimits(target, signal), ...(stallMs ? { stallMs } : {}) },
    (moved) => saveAll(envelope, target, { store, killed, moved }),
  );
}

const NEVER = new AbortController().signal;

/** What saving takes besides what and where. */
export interface SaveMeans {
  readonly store: ArtifactStore;
  /** Aborted to end it: files are whole or not there then. */
  readonly signal?: AbortSignal;
  /** Aborted when the command is over at once. */
  readonly killed?: AbortSignal;
  /** Milliseconds without movement; default five minutes. */
  readonly stallMs?: number;
}

async function saveAll(
  envelope: SuccessEnvelope,
  target: SaveTarget,
  means: {
    readonly store: ArtifactStore;
    readonly killed: AbortSignal | undefined;
    readonly moved: Moved;
  },
): Promise<readonly string[]> {
  const files: string[] = [];
  // In the folder that is named, where the next command finds what a killed one leaves.
  const folder = target.kind === "dir" ? target.path : dirname(target.path);
  for (const { output, file, below } of plan(envelope.outputs, target)) {
    try {
      await makeFolders(dirname(file), target, below);
      if (files.length === 0) await sweepSaves(folder);
      const { cid, path } = output;
      means.moved(`writing "${file}"`);
      const onBytes = () => means.moved();
      const how = { ...means, folder, onBytes };
      await saveArtifact({ cid, what: path }, file, how);
    } catch (error) {
      throw isSystemError(error) ? refused(file, error.message, error) : error;
    }
    files.push(file);
  }
  return files;
}

interface Saving {
  readonly output: OutputRecord;
  readonly file: string;
  /** The folders that lead from a save folder to the file. */
  readonly below: readonly string[];
}

/** Which output becomes which file. */
function plan(
  outputs: readonly OutputRecord[],
  { kind, path }: SaveTarget,
): readonly Saving[] {
  if (kind === "dir") {
    return outputs.map((output) => {
      const names = output.path.split("/").slice(1);
      if (names.includes("..") || names.at(-1) === "") {
        throw refused(join(path, ...names), "its path is no world path");
      }
      const file = join(path, ...names);
      return { output, file, below: names.slice(0, -1) };
    });
  }
  const [output] = outputs;
  if (output === undefined) throw refused(path, "the run has no outputs");
  return [{ output, file: path, below: [] }];
}

/** Makes the folders that lead to a file; those above a save folder may be links, those below not. */
async function makeFolders(
  folder: string,
  { kind, path }: SaveTarget,
  below: readonly string[],
): Promise<void> {
  if (kind === "first") return await Deno.mkdir(folder, { recursive: true });
  await Deno.mkdir(path, { recursive: true });
  let place = path;
  for (const name of below) {
    place = join(place, name);
    await requireFolder(place);
  }
}

async function requireFolder(place: string): Promise<void> {
  try {
    await Deno.mkdir(place);
  } catch (error) {
    if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
    const info = await Deno.lstat(place);
    if (info.isSymlink) throw refused(place, "it is a symbolic link");
    if (!info.isDirectory) throw refused(place, "it is not a folder");
  }
}

/** Writes one artifact as a file, which gets its name when it is whole. What cannot be written is `ERR_SAVE`. */
export async function saveArtifact(
  { cid, what }: { readonly cid: Cid; readonly what: string },
  file: string,
  { store, folder = dirname(file), killed, onBytes = () => {} }: {
    readonly store: ArtifactStore;
    /** Where it is written first; on the same disk. Default the folder of the file. */
    readonly folder?: string;
    readonly killed?: AbortSignal | undefined;
    /** Is told how many more bytes were read. */
    readonly onBytes?: (more: number) => void;
  },
): Promise<void> {
  const content = await store.open(cid);
  if (content === undefined) {
    throw refused(file, `the store has no content "${cid}" for ${what}`);
  }
  try {
    await using saving = await beginSave(folder, killed);
    await saving.write(counted(content, onBytes));
    await saving.commit(file);
  } catch (error) {
    throw isSystemError(error) ? refused(file, error.message, error) : error;
  }
}

async function* counted(
  content: AsyncIterable<Uint8Array>,
  onBytes: (more: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const piece of content) {
    onBytes(piece.length);
    yield piece;
  }
}

function saveLimits({ path }: SaveTarget, signal: AbortSignal): MovingLimits {
  const cannot = `Cannot save the outputs to "${path}"`;
  const hint =
    "They are in the artifact store, under the paths of the envelope";
  return {
    signal,
    interrupted: () =>
      new Failure("ERR_INTERRUPTED", `${cannot}: interrupted`, { hint }),
    stalled: (seconds, doing) =>
      new Failure(
        "ERR_SAVE_TIMEOUT",
        `${cannot}: nothing moved for ${seconds} s while ${
          doing || "looking at the folder"
        }`,
        { hint },
      ),
  };
}

function refused(file: string, found: string, cause?: unknown): Failure {
  return new Failure("ERR_SAVE", `Cannot save "${file}": ${found}`, { cause });
}

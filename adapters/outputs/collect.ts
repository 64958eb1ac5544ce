import type {
  Entry,
  OutputRecord,
  WorldPath,
  WritePrefix,
} from "../../schemas/mod.ts";
import {
  escapeForWorldPath,
  Failure,
  join,
  resolve,
  underPrefix,
} from "../../schemas/mod.ts";
import type { ArtifactStore, StoredBytes } from "../ports.ts";
import { FileChanged, NotPlain, openPlainFile } from "../plain_file.ts";
import { isSystemError } from "../system_error.ts";
import type { Moved } from "../while_moving.ts";
import { moving } from "../while_moving.ts";
import { declarationsOf } from "./declarations.ts";
import { printable } from "./printable.ts";
import type { OutputLimits } from "./output_limits.ts";
import {
  bytesOf,
  fileTooLarge,
  largest,
  outputLimits,
  tooLarge,
} from "./output_limits.ts";
import type { GivenFiles, RunFile } from "./run_files.ts";
import { isAsGiven, runFiles, unsafe } from "./run_files.ts";
import type { OutputContent, OutputTarget } from "./stored_outputs.ts";
import { indexPlace, storeOutputs } from "./stored_outputs.ts";

export interface CollectOptions extends OutputTarget {
  readonly entry: Entry;
  /** Default: those of the entry. */
  readonly limits?: OutputLimits;
  /** How the processor left them; default: below the write prefix, under their own names. */
  readonly layout?: OutputLayout;
  /** Files that are there because the run was given them. */
  readonly given?: GivenFiles;
  /** Told of every piece that is stored; what it throws ends the collecting. */
  readonly moved?: Moved;
}

/** How outputs lie in the folder of a run. */
export interface OutputLayout {
  /** Names that lead from the run's folder to each folder that is looked through. */
  readonly below: readonly (readonly string[])[];
  /** What a file is called below the write prefix; undefined for one that is no output. */
  readonly nameOf: (file: RunFile) => string | undefined;
  /** Outputs that are there besides the files. Throws when what was found is not what it must be. */
  readonly besides: (found: readonly FoundOutput[]) => readonly OutputContent[];
}

/** A file of the run and the world path that it stands for. */
export interface FoundOutput extends RunFile {
  readonly path: WorldPath;
}

/**
 * Takes what a run wrote below its write prefix into the store, under the rules of its entry, and
 * writes the index. The run's folder is that run's `/artifacts/`. Nothing in it is trusted: whatever is
 * wrong with names, kinds, sizes or declarations is a `Failure` (`ERR_OUTPUT_…`, or the code of the world
 * path rule), found before anything is stored.
 */
export async function collectOutputs(
  runFolder: string,
  options: CollectOptions,
): Promise<readonly OutputRecord[]> {
  const { entry, writePrefix, executionId, moved = () => {} } = options;
  const declarations = declarationsOf(entry, writePrefix);
  const index = indexPlace(executionId);
  const { layout = ownLayout(writePrefix) } = options;
  const found = await findFiles(runFolder, { ...options, layout });
  const contents = [...layout.besides(found)];
  for (const file of found) {
    // A server that answers over HTTP leaves its own index, which is written anew.
    if (file.path === index && !declarations.covers(index)) continue;
    const mime = declarations.mimeOf(file.path);
    contents.push({
      path: file.path,
      mime,
      put: (to) => putFile(file, { to, runFolder, moved }),
    });
  }
  declarations.requireAll(contents.map(({ path }) => path));
  return await storeOutputs(contents, options);
}

/** As our own servers leave them. */
function ownLayout(writePrefix: WritePrefix): OutputLayout {
  return {
    below: [namesOf(writePrefix)],
    nameOf: ({ names }) => names.join("/"),
    besides: () => [],
  };
}

/** The names that lead from what is `/artifacts/` to a prefix. */
export function namesOf(writePrefix: WritePrefix): readonly string[] {
  return writePrefix.split("/").slice(2, -1);
}

async function findFiles(
  runFolder: string,
  { entry, writePrefix, limits = outputLimits(entry), layout, given }:
    & CollectOptions
    & Required<Pick<CollectOptions, "layout">>,
): Promise<readonly FoundOutput[]> {
  const found: FoundOutput[] = [];
  const total = { apparent: 0, allocated: 0, folders: 0 };
  const onFolder = () => {
    total.folders += 1;
    if (total.folders > limits.folders) {
      throw tooLarge(`${limits.folders} folders`);
    }
  };
  for await (const file of allFiles(runFolder, layout, onFolder)) {
    if (isAsGiven(file, given)) continue;
    const name = layout.nameOf(file);
    if (name === undefined) continue;
    found.push({ ...file, path: worldPathOf(name, writePrefix) });
    const bytes = bytesOf(file);
    total.apparent += bytes.apparent;
    total.allocated += bytes.allocated;
    if (bytes.apparent > limits.fileBytes) throw fileTooLarge(file, limits);
    if (largest(total) > limits.bytes) throw tooLarge(`${limits.bytes} bytes`);
    if (found.length > limits.files) throw tooLarge(`${limits.files} files`);
  }
  return found;
}

async function* allFiles(
  runFolder: string,
  { below }: Pick<OutputLayout, "below">,
  onFolder: () => void,
): AsyncGenerator<RunFile> {
  for (const each of below) yield* runFiles(runFolder, each, onFolder);
}

function worldPathOf(name: string, writePrefix: WritePrefix): WorldPath {
  const result = underPrefix(writePrefix, escapeForWorldPath(name));
  if (result.ok) return result.path;
  const { code, message } = result.problem;
  throw new Failure(code, printable(message));
}

/** Stores the very file that was found: it is opened without following links and compared. */
async function putFile(
  { names, place, info }: FoundOutput,
  { to, runFolder, moved }: {
    readonly to: ArtifactStore;
    readonly runFolder: string;
    readonly moved: Moved;
  },
): Promise<StoredBytes> {
  try {
    await using file = await openPlainFile(place, { followLinks: false });
    const { dev, ino, size, links } = file.state;
    if (
      dev !== info.dev || ino !== info.ino || size !== info.size ||
      links !== 1 || leadsThroughLinks(place, runFolder)
    ) throw new FileChanged("Cannot read: it was replaced");
    moved(`storing "${names.join("/")}"`);
    return await to.put(moving(file.content(), moved), () => moved());
  } catch (error) {
    const found = error instanceof FileChanged || error instanceof NotPlain
      ? "it was changed while it was collected"
      : isSystemError(error)
      ? `it cannot be read: ${error.message}`
      : undefined;
    if (found === undefined) throw error;
    throw unsafe(names.join("/"), found, { cause: error });
  }
}

/** Whether a folder between the run's folder and the file has become a link. */
function leadsThroughLinks(place: string, runFolder: string): boolean {
  const inside = place.slice(resolve(runFolder, ".").length);
  return Deno.realPathSync(place) !==
    join(Deno.realPathSync(runFolder), inside);
}

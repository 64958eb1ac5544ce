import type { Entry } from "../../schemas/mod.ts";
import {
  Failure,
  join,
  runFolderName,
  workFolderMark,
} from "../../schemas/mod.ts";
import { after } from "../after.ts";
import { isSystemError, reasonOf } from "../system_error.ts";
import type { OutputLimits } from "./output_limits.ts";
import { bytesOf, outputLimits, tooLarge } from "./output_limits.ts";

/** Tells when a run that goes on has written more than it may, or so that nobody can tell. */
export interface OutputWatch extends Disposable {
  /** Aborted then, with the failure as reason. */
  readonly signal: AbortSignal;
}

/** Milliseconds between two looks at least: what is written in between is over the limit. */
const PAUSE = 100;

/** How many times as long as a look takes nobody looks again: many files must not keep a processor busy. */
const REST = 10;

/** A run, and where the server that runs it has its runs. */
export interface WatchedRun {
  readonly runsDir: string;
  readonly executionId: string;
  readonly entry: Entry;
  /** Where it writes; default: the folder of its name, or the one that its server says. */
  readonly folders?: readonly string[];
  /** Files there that are not its own doing. */
  readonly given?: Pick<ReadonlySet<string>, "has">;
}

/**
 * Looks again and again at what a run has on the disk, so that it is stopped before it fills it. What is
 * not on the disk, as holes in files, is left to the collecting.
 */
export function watchOutputs(run: WatchedRun): OutputWatch {
  const limits = outputLimits(run.entry);
  const over = new AbortController();
  let stop: (() => void) | undefined;
  const look = async () => {
    const began = performance.now();
    const fault = await findFault(run, limits);
    if (stop === undefined) return;
    if (fault !== undefined) over.abort(fault);
    else {
      const took = performance.now() - began;
      stop = after(Math.max(PAUSE, took * REST), look);
    }
  };
  stop = after(PAUSE, look);
  return {
    signal: over.signal,
    [Symbol.dispose]() {
      stop?.();
      stop = undefined;
    },
  };
}

/** What the run is to be ended for. What cannot be looked at is as bad as what is too much: it may hide that. */
async function findFault(
  run: WatchedRun,
  limits: OutputLimits,
): Promise<unknown> {
  try {
    const { folders = [await folderOf(run)], given } = run;
    const exceeded = await exceededBy(folders, { limits, given });
    return exceeded === undefined ? undefined : tooLarge(exceeded);
  } catch (error) {
    if (!isSystemError(error) || error instanceof Deno.errors.NotCapable) {
      return error;
    }
    return new Failure(
      "ERR_OUTPUT_UNSAFE",
      `Cannot look at what the run wrote: ${reasonOf(error)}`,
      { cause: error },
    );
  }
}

/** Where the run writes: the folder of its name, or the one that its server says. */
async function folderOf({ runsDir, executionId }: WatchedRun): Promise<string> {
  const mark = join(runsDir, workFolderMark(executionId));
  try {
    return join(runsDir, await Deno.readTextFile(mark));
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return join(runsDir, runFolderName(executionId));
  }
}

async function exceededBy(
  folders: readonly string[],
  { limits, given }: {
    readonly limits: OutputLimits;
    readonly given: WatchedRun["given"] | undefined;
  },
): Promise<string | undefined> {
  const total = { bytes: 0, files: 0, folders: 0 };
  for (const folder of folders) {
    for await (const { place, info } of infosBelow(folder)) {
      if (given?.has(place)) continue;
      if (info === undefined) {
        total.folders += 1;
        if (total.folders > limits.folders) return `${limits.folders} folders`;
        continue;
      }
      total.bytes += bytesOf({ info }).allocated;
      total.files += 1;
      if (total.bytes > limits.bytes) return `${limits.bytes} bytes`;
      if (total.files > limits.files) return `${limits.files} files`;
    }
  }
  return undefined;
}

interface WatchedFile {
  readonly place: string;
  /** None of a folder, which takes little room. */
  readonly info?: Deno.FileInfo;
}

/** What is below a folder, links not followed. What vanishes meanwhile is left out. */
async function* infosBelow(folder: string): AsyncGenerator<WatchedFile> {
  try {
    for await (const { name, isDirectory } of Deno.readDir(folder)) {
      const place = join(folder, name);
      if (isDirectory) {
        yield { place };
        yield* infosBelow(place);
      } else yield { place, info: await Deno.lstat(place) };
    }
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

/** Whether what was listed is not there any more, or something else is in its place. */
function isGone(error: unknown): boolean {
  return error instanceof Deno.errors.NotFound ||
    error instanceof Deno.errors.NotADirectory;
}

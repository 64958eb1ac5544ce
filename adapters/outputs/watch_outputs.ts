import type { Entry, WritePrefix } from "../../schemas/mod.ts";
import { join, runFolderName } from "../../schemas/mod.ts";
import type { OutputLimits } from "./output_limits.ts";
import { bytesOf, outputLimits, tooLarge } from "./output_limits.ts";

/** Tells when a run that goes on has written more than it may. */
export interface OutputWatch extends Disposable {
  /** Aborted then, with the failure as reason. */
  readonly signal: AbortSignal;
}

/** Milliseconds between two looks: what is written in between is over the limit. */
const PAUSE = 500;

/** A run, and where the server that runs it has its runs. */
export interface WatchedRun {
  readonly runsDir: string;
  readonly executionId: string;
  readonly writePrefix: WritePrefix;
  readonly entry: Entry;
}

/**
 * Looks again and again at what a run has on the disk, so that it is stopped before it fills it. What is
 * not on the disk, as holes in files, is left to the collecting; so is a run on an instance whose write
 * prefix does not name it, for then it cannot be told from others there.
 */
export function watchOutputs(run: WatchedRun): OutputWatch {
  const limits = outputLimits(run.entry);
  const over = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = async () => {
    const exceeded = await findExceeded(run, limits).catch(() => undefined);
    if (timer === undefined) return;
    if (exceeded !== undefined) over.abort(tooLarge(exceeded));
    else timer = setTimeout(look, PAUSE);
  };
  timer = setTimeout(look, PAUSE);
  return {
    signal: over.signal,
    [Symbol.dispose]() {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}

async function findExceeded(
  run: WatchedRun,
  limits: OutputLimits,
): Promise<string | undefined> {
  const folder = await folderOf(run);
  return folder === undefined ? undefined : await exceededBy(folder, limits);
}

/** The run's folder: under its own name, or a spare one, in which its outputs show whose it is. */
async function folderOf(
  { runsDir, executionId, writePrefix }: WatchedRun,
): Promise<string | undefined> {
  const own = join(runsDir, runFolderName(executionId));
  if (await isFolder(own)) return own;
  const below = writePrefix.split("/").slice(2);
  if (!below.includes(executionId)) return undefined;
  for await (const { name, isDirectory } of Deno.readDir(runsDir)) {
    const spare = join(runsDir, name);
    if (isDirectory && await isFolder(join(spare, ...below))) return spare;
  }
  return undefined;
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await Deno.lstat(path)).isDirectory;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

async function exceededBy(
  runFolder: string,
  limits: OutputLimits,
): Promise<string | undefined> {
  const total = { bytes: 0, files: 0 };
  for await (const info of infosBelow(runFolder)) {
    total.bytes += bytesOf({ info }).allocated;
    total.files += 1;
    if (total.bytes > limits.bytes) return `${limits.bytes} bytes`;
    if (total.files > limits.files) return `${limits.files} files`;
  }
  return undefined;
}

/** What is below a folder, links not followed. What vanishes meanwhile is left out. */
async function* infosBelow(folder: string): AsyncGenerator<Deno.FileInfo> {
  try {
    for await (const { name, isDirectory } of Deno.readDir(folder)) {
      const place = join(folder, name);
      if (isDirectory) yield* infosBelow(place);
      else yield await Deno.lstat(place);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

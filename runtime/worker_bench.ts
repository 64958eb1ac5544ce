import type { RunMode } from "./messages.ts";
import type { RunHostOptions } from "./run_host.ts";
import { folderOf, makeSpareFolder, markWorkFolder } from "./run_folder.ts";
import { startRunWorker } from "./run_worker.ts";
import type { RunWorker } from "./run_worker.ts";
import type { RunEvent } from "./schemas.ts";

/** A Worker and the folder that it works in, for one run. */
export interface Seat {
  readonly worker: RunWorker;
  /** Where the run's `/artifacts/` are while it goes on. */
  readonly workDir: string;
  /** Ends the Worker and answers the folder of the run, where everything is now. */
  leave(): string;
}

/** Seats for runs; one for a mock run without attachments is kept warm, its handler loaded. */
export interface Bench {
  /** Has a warm seat ready for the first run. */
  prepare(): void;
  takeWarm(executionId: string, onEvent: OnEvent): Seat;
  /** A seat whose Worker is started now, with what this run may use. */
  open(runDir: string, options: OpenOptions): Seat;
  /** Has a warm seat ready for the next run. */
  refill(): void;
  close(): void;
}

type OnEvent = (event: RunEvent) => void;

export interface OpenOptions {
  readonly mode: RunMode;
  /** Files that the run may read besides its folder. */
  readonly files: readonly string[];
  readonly onEvent: OnEvent;
}

/** Milliseconds between the end of a run and the next warm Worker: starting one holds up what is being answered. */
const REST_MS = 20;

interface WarmWorker {
  readonly worker: RunWorker;
  readonly dir: string;
  readonly listen: (onEvent: OnEvent) => void;
}

/** Opens the bench, without a warm seat yet. A server that ends with its input serves one command: no refills. */
export function openBench(options: RunHostOptions): Bench {
  let warm: WarmWorker | undefined;
  let resting: ReturnType<typeof setTimeout> | undefined;
  const renew = () => {
    try {
      warm ??= startWarm(options);
    } catch (error) {
      // Without a warm seat the next run starts later, that is all.
      options.log("warn", "server.cold", { reason: `${error}` });
    }
  };
  return {
    takeWarm(executionId, onEvent) {
      const { runsDir } = options.config;
      const runDir = folderOf(runsDir, executionId);
      const { worker, dir, listen } = warm ?? startWarm(options);
      warm = undefined;
      listen(onEvent);
      const unmark = markWorkFolder(runsDir, executionId, dir);
      const leave = () => {
        worker.terminate();
        unmark();
        Deno.renameSync(dir, runDir);
        return runDir;
      };
      return { worker, workDir: dir, leave };
    },
    prepare() {
      warm ??= startWarm(options);
    },
    open: (runDir, run) => openSeat(options, runDir, run),
    refill() {
      if (options.config.endWithStdin) return;
      clearTimeout(resting);
      resting = setTimeout(renew, REST_MS);
    },
    close() {
      clearTimeout(resting);
      warm?.worker.terminate();
      if (warm !== undefined) Deno.removeSync(warm.dir, { recursive: true });
      warm = undefined;
    },
  };
}

function startWarm(options: RunHostOptions): WarmWorker {
  const dir = makeSpareFolder(options.config.runsDir);
  const early: RunEvent[] = [];
  let forward: OnEvent = (event) => void early.push(event);
  const seat = openSeat(options, dir, {
    mode: "mock",
    files: [],
    onEvent: (event) => forward(event),
  });
  const listen = (onEvent: OnEvent) => {
    forward = onEvent;
    early.forEach(onEvent);
  };
  return { worker: seat.worker, dir, listen };
}

function openSeat(
  { config, secrets }: RunHostOptions,
  dir: string,
  { mode, files, onEvent }: OpenOptions,
): Seat {
  const worker = startRunWorker({
    mode,
    handler: config.handlers[mode],
    read: [dir, ...files],
    write: [dir],
    net: mode === "real" ? config.allowNet : [],
    env: mode === "real" ? secrets : undefined,
    onEvent,
  });
  const leave = () => {
    worker.terminate();
    return dir;
  };
  return { worker, workDir: dir, leave };
}

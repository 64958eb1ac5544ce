import { type Entry, join } from "../../schemas/mod.ts";
import { after } from "../after.ts";
import type { RunPlace } from "../local/run_place.ts";
import { interrupted } from "../containers/await_ready.ts";
import { engineFacts } from "../containers/engine_facts.ts";
import { engineFailure } from "../containers/engine_failure.ts";
import { type OpenEngine, openEngine } from "../containers/open_engine.ts";
import type { ContainerParts } from "../containers/parts.ts";
import { unlessHanging } from "../containers/unless_hanging.ts";
import { userCredentials } from "../images/credentials.ts";
import { ensureImage } from "../images/ensure_image.ts";
import type { ImageFacts } from "../images/image_facts.ts";
import { requirePinned } from "../images/pinned.ts";
import { hostPlatform } from "../images/platform.ts";
import type { SnapshotEntry } from "../ports.ts";
import { claim, CLAIM_INSIDE } from "../sandbox/claim.ts";
import { ephemeralRunsDir, makePrivate } from "../sandbox/place.ts";
import { removeRunFolder } from "../local/remove_run_folder.ts";
import { tookTooLong } from "../transports/websocket_failures.ts";
import { fileTransport } from "./file_transport.ts";
import { type GuardParts, guardRun } from "./guard_run.ts";
import {
  programContainers,
  type ReadyProgram,
  runLabel,
} from "./program_containers.ts";
import { FOLDERS, type ProgramImage } from "./program_spec.ts";

/** One run of a processor that is no server, but a program. */
export interface ProgramRun {
  readonly processor: SnapshotEntry;
  readonly mode: "mock" | "real";
  readonly executionId: string;
  readonly timeoutS: number;
  readonly signal: AbortSignal;
}

/** What running programs takes. */
export interface ProgramSources extends GuardParts {
  readonly containers: ContainerParts;
  readonly objectsDir: string;
  /** The values that real runs get; throws when one that the entry requires is not set. */
  readonly secrets: (entry: Entry) => ReadonlyMap<string, string>;
  readonly note: (message: string) => void;
}

/** Milliseconds that a run has to end by itself when the command that began it is gone. */
const ORPHAN_GRACE = 1000;

/** Makes everything ready for a run in a container of its own, except the container. Nothing stays when it fails. */
export async function programPlace(
  run: ProgramRun,
  sources: ProgramSources,
): Promise<RunPlace> {
  try {
    return await placeFor(run, sources);
  } catch (error) {
    throw engineFailure(error);
  }
}

async function placeFor(
  run: ProgramRun,
  sources: ProgramSources,
): Promise<RunPlace> {
  const { containers } = sources;
  const { entry } = run.processor;
  const secrets = run.mode === "real"
    ? sources.secrets(entry)
    : new Map<string, string>();
  const platform = hostPlatform();
  const pinned = requirePinned(entry, platform);
  const engine = await openEngine(containers);
  const { docker } = engine;
  const { signal } = run;
  const pulling = ensureImage(docker, pinned, {
    platform,
    signal,
    credentials: userCredentials(containers.env),
  });
  pulling.catch(() => {});
  const can = await answered(engineFacts(docker), run);
  const failure = () => interrupted(entry.ref);
  const facts = await unlessHanging(pulling, { signal, failure });
  const image = await answered(programImage(engine, facts), run);
  const token = containers.randomToken();
  const folder = ephemeralRunsDir(containers.stateDir, token);
  const known = { run, sources, engine, can, pinned, facts, image };
  return await onGround({ ...known, token, folder, secrets });
}

/** Waits for an engine that has nothing to do but answer: no longer than the run may take. */
async function answered<T>(
  answer: Promise<T>,
  run: ProgramRun,
): Promise<T> {
  const limit = new AbortController();
  const over = tookTooLong(run);
  const stop = after(run.timeoutS * 1000, () => limit.abort(over));
  const signal = AbortSignal.any([run.signal, limit.signal]);
  const { ref } = run.processor.entry;
  const failure = () => signal.reason === over ? over : interrupted(ref);
  try {
    return await unlessHanging(answer, { signal, failure, unwindMs: 0 });
  } finally {
    stop();
  }
}

async function onGround(ready: ReadyProgram): Promise<RunPlace> {
  const { run, sources, engine, pinned, token, folder, secrets } = ready;
  const { entry } = run.processor;
  await makePrivate(join(folder, FOLDERS.artifacts));
  await makePrivate(join(folder, FOLDERS.work));
  const claimed = claim(join(folder, CLAIM_INSIDE));
  const guard = guardRun(sources, {
    at: engine.at,
    label: runLabel(token),
    graceMs: ORPHAN_GRACE,
  });
  const containers = programContainers(ready);
  return {
    entry,
    engine: "docker",
    layout: "program",
    transport: fileTransport({
      ...containers,
      workDir: join(folder, FOLDERS.work),
      secrets: [...secrets.values()],
    }),
    url: `container:${pinned.reference}`,
    runsDir: folder,
    objectsDir: sources.objectsDir,
    imageDigest: pinned.digest,
    secrets: [...secrets.keys()].sort(),
    explain: (failure) => Promise.resolve(failure),
    async leave() {
      if (containers.isLeft()) guard.leave();
      else await guard.end();
      await removeRunFolder(folder, sources.note);
      claimed?.release();
    },
  };
}

async function programImage(
  { docker }: OpenEngine,
  { id }: ImageFacts,
): Promise<ProgramImage> {
  const { Config } = await docker.getImage(id).inspect();
  const { Entrypoint, WorkingDir = "" } = Config ?? {};
  return {
    hasEntrypoint: (Entrypoint ?? "").length > 0,
    workingDir: WorkingDir.replace(/(?<=.)\/$/, ""),
  };
}

import {
  Failure,
  instanceSlug,
  join,
  parseRef,
  redactor,
} from "../../schemas/mod.ts";
import { after } from "../after.ts";
import type { RunPlace } from "../local/run_place.ts";
import { engineFacts } from "../containers/engine_facts.ts";
import { engineFailure } from "../containers/engine_failure.ts";
import { LABEL, labelsOf } from "../containers/labels.ts";
import type { EngineFacts } from "../containers/container_spec.ts";
import { createAndStart } from "../containers/make_container.ts";
import { type OpenEngine, openEngine } from "../containers/open_engine.ts";
import type { ContainerParts } from "../containers/parts.ts";
import { removeContainer } from "../containers/remove_made.ts";
import { userCredentials } from "../images/credentials.ts";
import { ensureImage } from "../images/ensure_image.ts";
import type { ImageFacts } from "../images/image_facts.ts";
import { type Pinned, requirePinned } from "../images/pinned.ts";
import { hostPlatform } from "../images/platform.ts";
import type { SnapshotEntry, TransportRequest } from "../ports.ts";
import { claim, CLAIM_INSIDE } from "../sandbox/claim.ts";
import { ephemeralRunsDir, makePrivate } from "../sandbox/place.ts";
import { removeRunFolder } from "../local/remove_run_folder.ts";
import { cancelled } from "../transports/websocket_failures.ts";
import { fileTransport } from "./file_transport.ts";
import { type GuardParts, guardRun } from "./guard_run.ts";
import type { ProgramImage } from "./program_spec.ts";
import { argvOf, programSpec } from "./program_spec.ts";

/** One run of a processor that is no server, but a program. */
export interface ProgramRun {
  readonly processor: SnapshotEntry;
  readonly mode: "mock" | "real";
  readonly signal: AbortSignal;
}

/** What running programs takes. */
export interface ProgramSources extends GuardParts {
  readonly containers: ContainerParts;
  readonly objectsDir: string;
  /** The value of a secret, if it is set. */
  readonly secret: (name: string) => string | undefined;
  readonly note: (message: string) => void;
}

/** Where the folders are of a run that has a container of its own. */
export const FOLDERS = { artifacts: "artifacts", work: "work" } as const;

/** Milliseconds that a run has to end by itself when the command that began it is gone. */
const ORPHAN_GRACE = 1000;

/** One run that has its image. */
interface Ready {
  readonly run: ProgramRun;
  readonly sources: ProgramSources;
  readonly engine: OpenEngine;
  readonly can: EngineFacts;
  readonly pinned: Pinned;
  readonly facts: ImageFacts;
  readonly image: ProgramImage;
  /** By which everything of the run is found. */
  readonly token: string;
  readonly folder: string;
  readonly secrets: ReadonlyMap<string, string>;
}

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
  const secrets = secretsFor(run, sources);
  const platform = hostPlatform();
  const pinned = requirePinned(entry, platform);
  const engine = await openEngine(containers);
  const [facts, can] = await Promise.all([
    ensureImage(engine.docker, pinned, {
      platform,
      signal: run.signal,
      credentials: userCredentials(containers.env),
    }),
    engineFacts(engine.docker),
  ]);
  const image = await programImage(engine, facts);
  const token = containers.randomToken();
  const folder = ephemeralRunsDir(containers.stateDir, token);
  const known = { run, sources, engine, can, pinned, facts, image };
  return await onGround({ ...known, token, folder, secrets });
}

async function onGround(ready: Ready): Promise<RunPlace> {
  const { run, sources, engine, pinned, token, folder, secrets } = ready;
  const { entry } = run.processor;
  const workDir = join(folder, FOLDERS.work);
  await makePrivate(join(folder, FOLDERS.artifacts));
  await makePrivate(workDir);
  const claimed = claim(join(folder, CLAIM_INSIDE));
  const guard = guardRun(sources, {
    at: engine.at,
    label: `${LABEL.run}=${token}`,
    graceMs: ORPHAN_GRACE,
  });
  const left = new Set<string>();
  return {
    entry,
    engine: "docker",
    layout: "program",
    transport: fileTransport({
      workDir,
      begin: (request, withId) =>
        begin(request, { ...ready, withId }).catch((error) => {
          throw run.signal.aborted ? cancelled(request) : engineFailure(error);
        }),
      redact: redactor(secrets.values()),
      remove: async ({ id }) => {
        left.add(id);
        const removed = inTime(removeContainer(engine.docker, id));
        if (await removed.catch(() => false)) left.delete(id);
        else sources.note(`Cannot remove container ${id}: no answer`);
      },
    }),
    url: `container:${pinned.reference}`,
    runsDir: folder,
    objectsDir: sources.objectsDir,
    imageDigest: pinned.digest,
    secrets: [...secrets.keys()].sort(),
    explain: (failure) => Promise.resolve(failure),
    async leave() {
      if (left.size > 0) guard.leave();
      else await guard.end();
      await removeRunFolder(folder, sources.note);
      claimed?.release();
    },
  };
}

/** Milliseconds for an engine to remove a container. */
const REMOVE_WITHIN = 10_000;

/** Whether something was done that an engine may not answer to; throws what that throws. */
async function inTime(action: Promise<void>): Promise<boolean> {
  const late = Promise.withResolvers<boolean>();
  const stop = after(REMOVE_WITHIN, () => late.resolve(false));
  const done = action.then(() => true);
  done.catch(() => {});
  try {
    return await Promise.race([done, late.promise]);
  } finally {
    stop();
  }
}

async function begin(
  request: TransportRequest,
  { run, engine: { docker }, withId, ...ready }: Ready & {
    readonly withId: boolean;
  },
) {
  const { entry } = run.processor;
  const { folder, token, can, pinned, facts, image, secrets, sources } = ready;
  const runsDir = join(folder, FOLDERS.artifacts);
  const { uid, gid } = await Deno.stat(folder);
  if (run.signal.aborted) throw cancelled(request);
  const owner = { ref: entry.ref, stateDir: sources.containers.stateDir };
  const { writePrefix } = request;
  const executionId = withId ? request.executionId : undefined;
  return await createAndStart(docker, {
    entry,
    mode: run.mode,
    name: nameOf(entry.ref, token),
    imageId: facts.id,
    labels: { ...labelsOf(owner, pinned.digest), [LABEL.run]: token },
    digest: pinned.digest,
    reference: pinned.reference,
    token: "",
    secrets,
    runsDir,
    workDir: join(folder, FOLDERS.work),
    owner: { uid: uid ?? 0, gid: gid ?? 0 },
    port: 0,
    image,
    argv: argvOf({ image, writePrefix, executionId }),
    engine: can,
  }, { specOf: programSpec, signal: run.signal });
}

function nameOf(ref: string, token: string): string {
  const parts = parseRef(ref);
  const slug = parts === undefined ? "processor" : instanceSlug(parts);
  return `theory-${slug}-run-${token.slice(0, 8)}`;
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

/** The values that a run gets: none in mock; those that the entry requires must be there. */
function secretsFor(
  { mode, processor: { entry } }: ProgramRun,
  { secret }: ProgramSources,
): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  if (mode === "mock") return values;
  const { required, optional } = entry.secrets;
  for (const name of [...required, ...optional]) {
    const value = secret(name) ?? "";
    if (value !== "") values.set(name, value);
  }
  const missing = required.filter((name) => !values.has(name));
  if (missing.length === 0) return values;
  throw new Failure(
    "ERR_MISSING_SECRET",
    `Cannot run "${entry.ref}" in real: ${missing.join(", ")} missing`,
    { hint: `Export them: ${missing.join(", ")}`, details: { missing } },
  );
}

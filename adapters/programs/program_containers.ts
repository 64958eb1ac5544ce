import { join } from "../../schemas/mod.ts";
import { after } from "../after.ts";
import type { EngineFacts } from "../containers/container_spec.ts";
import type { Container } from "../containers/docker_api.ts";
import { LABEL, labelsOf, nameFor } from "../containers/labels.ts";
import { createAndStart } from "../containers/make_container.ts";
import type { OpenEngine } from "../containers/open_engine.ts";
import { removeContainer, removeMade } from "../containers/remove_made.ts";
import type { ImageFacts } from "../images/image_facts.ts";
import type { Pinned } from "../images/pinned.ts";
import type { TransportRequest } from "../ports.ts";
import type { BeginManner, ProgramParts } from "./file_transport.ts";
import type { ProgramRun, ProgramSources } from "./program_place.ts";
import type { ProgramImage } from "./program_spec.ts";
import { argvOf, FOLDERS, programSpec } from "./program_spec.ts";

/** One run that has its image. */
export interface ReadyProgram {
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

/** The containers of one run. */
export interface ProgramContainers
  extends Pick<ProgramParts, "begin" | "remove"> {
  /** Whether there may be one still, which the engine has yet to make or to remove. */
  isLeft(): boolean;
}

export function programContainers(ready: ReadyProgram): ProgramContainers {
  const { engine: { docker }, token, sources, run } = ready;
  const filters = { label: [runLabel(token)] };
  let left = 0;
  const gone = async (action: () => Promise<unknown>) => {
    if (await inTime(action())) left--;
    else {
      sources.note(
        `Cannot remove the container of "${run.executionId}": the engine did not do it`,
      );
    }
  };
  return {
    isLeft: () => left > 0,
    async begin(request, manner) {
      left++;
      try {
        return await begin(request, ready, manner);
      } catch (error) {
        await gone(() => removeMade(docker, filters));
        throw error;
      }
    },
    remove: ({ id }) => gone(() => removeContainer(docker, id)),
  };
}

/** What all containers of a run have, and nothing else has. */
export function runLabel(token: string): string {
  return `${LABEL.run}=${token}`;
}

/** Milliseconds for an engine to remove a container. */
const REMOVE_WITHIN = 10_000;

/** Whether something was done that an engine may refuse, or not answer to. */
async function inTime(action: Promise<unknown>): Promise<boolean> {
  const late = Promise.withResolvers<boolean>();
  const stop = after(REMOVE_WITHIN, () => late.resolve(false));
  const done = action.then(() => true, () => false);
  try {
    return await Promise.race([done, late.promise]);
  } finally {
    stop();
  }
}

async function begin(
  { executionId, writePrefix }: TransportRequest,
  { run, engine: { docker }, ...ready }: ReadyProgram,
  { withId, signal }: BeginManner,
): Promise<Container> {
  const { entry } = run.processor;
  const { folder, token, can, pinned, facts, image, secrets, sources } = ready;
  const runsDir = join(folder, FOLDERS.artifacts);
  const { uid, gid } = await Deno.stat(folder);
  const owner = { ref: entry.ref, stateDir: sources.containers.stateDir };
  const id = withId ? executionId : undefined;
  signal.throwIfAborted();
  return await createAndStart(docker, {
    entry,
    mode: run.mode,
    name: nameFor(entry.ref, `run-${token.slice(0, 8)}`),
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
    argv: argvOf({ image, writePrefix, executionId: id }),
    engine: can,
  }, { specOf: programSpec, signal });
}

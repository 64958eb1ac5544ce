import type { JsonObject, WritePrefix } from "../../schemas/mod.ts";
import { Failure, join, runFolderName } from "../../schemas/mod.ts";
import type { OutputLayout } from "../outputs/collect.ts";
import type { GivenFiles } from "../outputs/run_files.ts";
import type { Invocation, Said } from "../ports.ts";
import { claim, claimBeside } from "../sandbox/claim.ts";
import { removeRunFolder } from "./remove_run_folder.ts";
import type { RunPlace } from "./run_place.ts";

/** What of one run is on the disk of this machine, and what its processor is told of it. */
export interface RunGround {
  /** Where the processor is to write. */
  readonly writePrefix: WritePrefix;
  /** Below it lies all that the run may have written. */
  readonly folder: string;
  /** The folders in which it may write; undefined when its server says which. */
  readonly folders?: readonly string[];
  /** What it was given. */
  readonly given?: GivenFiles;
  /** Where the processor is to put its outputs, by name; undefined when it knows by itself. */
  readonly outputs?: Readonly<Record<string, string>>;
  /** How outputs lie there, by what the processor says; undefined when it runs on our own server. */
  readonly layout?: (said: Said | undefined) => OutputLayout;
  /** Removes what is the run's own. */
  readonly leave: () => Promise<void>;
}

export interface GroundParts {
  readonly invocation: Invocation;
  readonly place: RunPlace;
  readonly note: (message: string) => void;
}

/** Makes the ground of a run ready; `ERR_INPUTS` when another run of its id goes on there. */
export async function openGround(parts: GroundParts): Promise<RunGround> {
  const { layout } = parts.place;
  if (layout === "per-run") return await ownGround(parts);
  if (layout === "program") {
    const { programGround } = await load<
      typeof import("../programs/program_ground.ts")
    >("../programs/program_ground");
    return await programGround(parts);
  }
  const { sharedGround } = await load<typeof import("./shared_ground.ts")>(
    "shared_ground",
  );
  return await sharedGround(parts);
}

/** A folder of the run alone. */
async function ownGround(
  { invocation, place, note }: GroundParts,
): Promise<RunGround> {
  const { executionId, writePrefix, inputs } = invocation;
  const folder = join(place.runsDir, runFolderName(executionId));
  const claimed = claim(claimBeside(folder));
  if (claimed === undefined) throw inUse(executionId);
  const leave = async () => {
    await removeRunFolder(folder, note);
    claimed.release();
  };
  const { objectsDir } = place;
  const ground = { writePrefix, folder, leave };
  if (objectsDir === undefined) return ground;
  try {
    const given = await giveFiles(inputs.payload, { objectsDir, folder });
    return { ...ground, given };
  } catch (error) {
    await leave();
    throw error;
  }
}

async function giveFiles(
  payload: JsonObject,
  places: { readonly objectsDir: string; readonly folder: string },
): Promise<GivenFiles> {
  const { copyGiven } = await load<typeof import("./given_files.ts")>(
    "given_files",
  );
  return await copyGiven(payload, places);
}

/** Somebody has the run's id where it would run. */
export function inUse(executionId: string): Failure {
  return new Failure(
    "ERR_INPUTS",
    `Cannot start run "${executionId}": a run of that id is going on`,
  );
}

/** By a computed address, because what Deno sees as an import it reads at start. */
function load<M>(name: string): Promise<M> {
  return import(new URL(`./${name}.ts`, import.meta.url).href);
}

import type { Entry, JsonObject, WritePrefix } from "../../schemas/mod.ts";
import { join } from "../../schemas/mod.ts";
import { foreignLayout } from "../outputs/foreign_layout.ts";
import type { GivenFiles } from "../outputs/run_files.ts";
import { claim, claimBeside, removeIfThere } from "../sandbox/claim.ts";
import { copyGiven, giftsOf } from "./given_files.ts";
import type { Names } from "./inside.ts";
import { makeInside } from "./inside.ts";
import type { GroundParts, RunGround } from "./run_ground.ts";
import { inUse } from "./run_ground.ts";
import { sharedPlan } from "./shared_plan.ts";
import {
  endDeadUses,
  endUse,
  otherUses,
  stagingOf,
  underLock,
  usesOf,
  writeUse,
} from "./shared_uses.ts";

/**
 * The ground of a run whose instance has one folder for all of them. The run writes where its id is part of the path,
 * and is given files at their own paths, which others may be given at the same time: what it uses is written down
 * beside the folder, where the container does not see it.
 */
export async function sharedGround(parts: GroundParts): Promise<RunGround> {
  const { invocation, place, note } = parts;
  const { executionId, inputs } = invocation;
  const { runsDir, entry } = place;
  const uses = usesOf(runsDir);
  await Deno.mkdir(uses, { recursive: true, mode: 0o700 });
  const { claimed, sent, below } = await underLock(uses, () => {
    endDeadUses(uses);
    const plan = sharedPlan(invocation, otherUses(uses, executionId));
    const claimed = claim(claimBeside(join(uses, executionId)));
    if (claimed === undefined) throw inUse(executionId);
    writeUse(uses, executionId, plan.use);
    return { ...plan, claimed };
  });
  const leave = async () => {
    await underLock(uses, () => {
      claimed.release();
      endUse(executionId, { uses, runsDir, note });
    });
  };
  try {
    const given = await give(inputs.payload, { ...parts, uses });
    return {
      writePrefix: sent,
      folder: runsDir,
      folders: below.map((names) => join(runsDir, ...names)),
      given,
      outputs: outputPlaces(entry, sent),
      layout: (said) => {
        const { writePrefix } = invocation;
        const artifacts = runsDir;
        return foreignLayout({ entry, writePrefix, below, artifacts, said });
      },
      leave,
    };
  } catch (error) {
    await leave();
    throw error;
  }
}

/** The path of each declared output that is one file. */
function outputPlaces(
  { outputs }: Entry,
  sent: WritePrefix,
): Readonly<Record<string, string>> {
  const files = outputs.filter(({ path }) => !path.endsWith("/"));
  return Object.fromEntries(
    files.map(({ name, path }) => [name, `${sent}${path}`]),
  );
}

async function give(
  payload: JsonObject,
  { invocation, place, uses }: GroundParts & { readonly uses: string },
): Promise<GivenFiles> {
  const { objectsDir, runsDir } = place;
  const gifts = giftsOf(payload);
  if (objectsDir === undefined || gifts.length === 0) return new Map();
  const folder = stagingOf(uses, invocation.executionId);
  await copyGiven(payload, { objectsDir, folder });
  return await underLock(uses, () => {
    const moved = gifts.map(({ names }) => {
      const to = join(makeInside(runsDir, names.slice(0, -1)), last(names));
      Deno.renameSync(join(folder, ...names), to);
      return [to, Deno.lstatSync(to)] as const;
    });
    removeIfThere(folder);
    return new Map(moved);
  });
}

function last(names: Names): string {
  return names.at(-1) ?? "";
}

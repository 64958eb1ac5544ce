import { join } from "../../schemas/mod.ts";
import { copyGiven } from "../local/given_files.ts";
import type { GroundParts, RunGround } from "../local/run_ground.ts";
import { namesOf } from "../outputs/collect.ts";
import { foreignLayout } from "../outputs/foreign_layout.ts";
import { FOLDERS } from "./program_spec.ts";

/** The ground of a run that has a container of its own: the folder that its place has made, which its place removes. */
export async function programGround(
  { invocation, place }: GroundParts,
): Promise<RunGround> {
  const { writePrefix, inputs } = invocation;
  const { runsDir: folder, objectsDir, entry } = place;
  const artifacts = join(folder, FOLDERS.artifacts);
  const given = objectsDir === undefined
    ? new Map<string, Deno.FileInfo>()
    : await copyGiven(inputs.payload, { objectsDir, folder: artifacts });
  const below = [
    [FOLDERS.artifacts, ...namesOf(writePrefix)],
    [FOLDERS.work, "out"],
  ];
  return {
    writePrefix,
    folder,
    folders: [artifacts, join(folder, FOLDERS.work)],
    given,
    layout: (said) =>
      foreignLayout({ entry, writePrefix, below, artifacts, said }),
    leave: () => Promise.resolve(),
  };
}

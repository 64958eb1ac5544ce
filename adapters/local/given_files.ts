import type { Cid, JsonObject } from "../../schemas/mod.ts";
import { isCid, join, parseWorldPath } from "../../schemas/mod.ts";
import { artifactObjects } from "../attach/direct_artifacts.ts";
import type { GivenFiles } from "../outputs/run_files.ts";
import { objectPlace } from "../store/object_places.ts";
import type { Names } from "./inside.ts";
import { makeInside } from "./inside.ts";

/** A file that a run is to be given. */
export interface Gift {
  /** Names that lead to it from what is the run's `/artifacts/`. */
  readonly names: Names;
  readonly cid: Cid;
}

/** The root that processors see as a folder. */
const ROOT = "/artifacts/";

/** What the `$artifact` objects of a payload name, each path once: as they spell it, since that is what is opened. */
export function giftsOf(payload: JsonObject): readonly Gift[] {
  const gifts = artifactObjects(payload).flatMap((object) => {
    const { $artifact: path, cid } = object;
    if (typeof path !== "string" || typeof cid !== "string") return [];
    const ok = isCid(cid) && parseWorldPath(path).ok && path.startsWith(ROOT);
    const names = path.slice(ROOT.length).split("/").filter((each) => each);
    return ok ? [[names.join("/"), { names, cid }] as const] : [];
  });
  return [...new Map(gifts).values()];
}

/** Copies out of a store what the run of a payload is given, below a folder; answers how the copies stand. */
export async function copyGiven(
  payload: JsonObject,
  { objectsDir, folder }: {
    readonly objectsDir: string;
    readonly folder: string;
  },
): Promise<GivenFiles> {
  const given = new Map<string, Deno.FileInfo>();
  const gifts = giftsOf(payload);
  if (gifts.length > 0) await Deno.mkdir(folder, { recursive: true });
  for (const { names, cid } of gifts) {
    const parent = makeInside(folder, names.slice(0, -1));
    const place = join(parent, names.at(-1) ?? "");
    await Deno.copyFile(objectPlace(objectsDir, cid), place);
    given.set(place, await Deno.lstat(place));
  }
  return given;
}

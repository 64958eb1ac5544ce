import { ifThere } from "./if_there.ts";

/** What belongs to a database file. The third is only an index of the second. */
const PARTS = ["", "-wal"] as const;
const INDEX = "-shm";

/** Between the name of a journal and the time it was set aside. */
const MARK = ".damaged-";

/** Moves a damaged database out of the way, with the changes that are not in it yet; answers its new path. */
export function setAside(path: string, now: Date): string {
  const time = now.toISOString().replaceAll(/[-:]|\.\d+/g, "");
  const place = freePlace(`${path}${MARK}${time}`);
  for (const part of PARTS) {
    ifThere(() => Deno.renameSync(`${path}${part}`, `${place}${part}`));
  }
  ifThere(() => Deno.removeSync(`${path}${INDEX}`));
  return place;
}

/** Names of journals that were set aside in a folder. */
export function damagedIn(folder: string, name: string): readonly string[] {
  return [...Deno.readDirSync(folder)].map((entry) => entry.name).filter((
    each,
  ) => each.startsWith(`${name}${MARK}`) && !each.endsWith("-wal")).sort();
}

function freePlace(wanted: string): string {
  for (let n = 1;; n++) {
    const place = n === 1 ? wanted : `${wanted}-${n}`;
    try {
      Deno.lstatSync(place);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return place;
      throw error;
    }
  }
}

import { ifThere } from "../if_there.ts";

/** What SQLite keeps beside a database: the changes that are not in it yet, and an index of them. */
const [LOG, INDEX] = ["-wal", "-shm"];

/** Between the name of a journal and the time it was set aside. */
const MARK = ".damaged-";

/**
 * Keeps a damaged database under another name, with the changes that are not in it yet; answers its new path. It
 * has its old name, too, until another one takes that. A log that lost its database is moved alike: the
 * next database would take it for its own.
 */
export function setAside(path: string, now: Date): string {
  const time = now.toISOString().replaceAll(/[-:]|\.\d+/g, "");
  const place = freePlace(`${path}${MARK}${time}`);
  ifThere(() => Deno.linkSync(path, place));
  ifThere(() => Deno.renameSync(`${path}${LOG}`, `${place}${LOG}`));
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

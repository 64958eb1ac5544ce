import { join } from "../../schemas/mod.ts";
import { ifThere } from "../if_there.ts";
import type { RunRecord } from "./journal.ts";
import { recordFrom } from "./record_text.ts";

/** Records whose journal could not be written when the run ended, one file each. */
export interface UnsettledFiles {
  keep(record: RunRecord): void;
  isAny(): boolean;
  /** What is kept now, by file. A file that holds no record is `undefined`. */
  all(): readonly UnsettledFile[];
}

export interface UnsettledFile {
  readonly record: RunRecord | undefined;
  /** Its record is in the journal now. */
  remove(): void;
  /** It holds no record; it is kept under another name, which is answered. */
  putAside(): string;
}

const ENDING = ".json";

/** The records in a folder, which is made when something is kept. */
export function unsettledFiles(folder: string): UnsettledFiles {
  return {
    keep(record) {
      Deno.mkdirSync(folder, { recursive: true, mode: 0o700 });
      const place = join(folder, `${record.key}${ENDING}`);
      const text = JSON.stringify(record);
      Deno.writeTextFileSync(`${place}.new`, text, { mode: 0o600 });
      Deno.renameSync(`${place}.new`, place);
    },
    isAny: () => namesIn(folder).length > 0,
    all: () => namesIn(folder).flatMap((name) => fileAt(join(folder, name))),
  };
}

/** None when another process has just taken it in. */
function fileAt(place: string): readonly UnsettledFile[] {
  const text = ifThere(() => Deno.readTextFileSync(place));
  if (text === undefined) return [];
  return [{
    record: recordFrom(text),
    remove: () => ifThere(() => Deno.removeSync(place)),
    putAside() {
      const aside = `${place}.damaged`;
      ifThere(() => Deno.renameSync(place, aside));
      return aside;
    },
  }];
}

function namesIn(folder: string): readonly string[] {
  const entries = ifThere(() => [...Deno.readDirSync(folder)]) ?? [];
  return entries.map(({ name }) => name).filter((name) => name.endsWith(ENDING))
    .sort();
}

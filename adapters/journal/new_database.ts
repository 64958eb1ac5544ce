import { connect } from "./database.ts";
import { toCurrentForm } from "./form.ts";
import { ifThere } from "../if_there.ts";

/** What a process that was killed may have left of one. */
const PARTS = ["", "-journal", "-wal", "-shm"];

/**
 * Makes an empty journal, private to the user, beside its place; answers its path. It is whole before it is moved
 * there, so that whatever else is there is damaged, be it empty. For who holds the lock of the journal.
 */
export async function newDatabase(path: string): Promise<string> {
  const made = `${path}.new`;
  for (const part of PARTS) ifThere(() => Deno.removeSync(`${made}${part}`));
  makePrivate(made);
  const db = await connect(made);
  try {
    toCurrentForm(db);
  } finally {
    // Brings everything into the one file, and that to the disk.
    db.close();
  }
  return made;
}

/** What SQLite puts beside it gets the same mode. */
function makePrivate(path: string): void {
  Deno.openSync(path, { createNew: true, write: true, mode: 0o600 }).close();
}

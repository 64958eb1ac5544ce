import { join, SERVER_LOCK } from "../../schemas/mod.ts";
import { CLAIM, CLAIM_INSIDE, CLAIMING, USES } from "./claim.ts";
import { instancesDir, removeIfThere } from "./place.ts";
import { readRecord } from "./record.ts";

/**
 * Removes what killed commands and servers left among the runs: folders whose claim nobody holds, and the
 * runs of instances whose server is dead. What is in use is locked by its user, and stays. Errors are
 * nobody's mistake: what cannot be removed now is tried by the next command. Answers the refs of which a container was
 * being started when that was killed, for whoever can remove that.
 */
export async function sweepRuns(stateDir: string): Promise<readonly string[]> {
  const runs = join(stateDir, "runs");
  const pending: string[] = [];
  for (const entry of entriesOf(runs)) {
    const folder = join(runs, entry.name);
    if (!entry.isDirectory) continue;
    if (entry.name.startsWith(EPHEMERAL)) {
      await ifUnlocked(join(folder, CLAIM_INSIDE), () => removeIfThere(folder));
    } else if (entry.name.startsWith(USES)) {
      const { sweepUses } = await loadUses();
      await sweepUses(folder);
    } else if (await sweepInstance(stateDir, entry.name) === "pending") {
      pending.push(entry.name.replaceAll("~", "/"));
    }
  }
  return pending;
}

/** By a computed address, because what Deno sees as an import it reads at start, and these are rare. */
function loadUses(): Promise<typeof import("../local/shared_uses.ts")> {
  return import(new URL("../local/shared_uses.ts", import.meta.url).href);
}

/** How the folders of ephemeral servers begin, which hold their claim. */
const EPHEMERAL = "ephemeral-";

async function sweepClaim(folder: string, name: string): Promise<void> {
  await ifUnlocked(join(folder, name), async () => {
    await removeIfThere(join(folder, name.slice(CLAIM.length)));
    await removeIfThere(join(folder, name));
  });
}

/** While an instance is started or stopped its folder is left alone. */
async function sweepInstance(
  stateDir: string,
  stem: string,
): Promise<"swept" | "pending"> {
  const runs = join(stateDir, "runs", stem);
  for (const { name } of entriesOf(runs)) {
    if (name.startsWith(CLAIM)) await sweepClaim(runs, name);
    if (name.startsWith(CLAIMING)) {
      const path = join(runs, name);
      await ifUnlocked(path, () => removeIfThere(path));
    }
  }
  const base = join(instancesDir(stateDir), stem);
  let state: "swept" | "pending" = "swept";
  await ifUnlocked(`${base}.lock`, async () => {
    const dead = await ifUnlocked(join(runs, SERVER_LOCK), async () => {});
    if (dead === "locked") return;
    // A container may run or not: what it has is removed when it is stopped.
    if (readRecord(`${base}.json`)?.container !== undefined) return;
    if (await isThere(`${base}.pending`)) return void (state = "pending");
    await removeIfThere(runs);
    await removeIfThere(`${base}.json.new`);
  });
  return state;
}

async function isThere(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}

/** Does something while holding a lock that nobody else holds. */
async function ifUnlocked(
  path: string,
  action: () => Promise<void>,
): Promise<"done" | "locked" | "missing"> {
  try {
    using file = Deno.openSync(path, { write: true });
    if (!file.tryLockSync(true)) return "locked";
    await action();
    return "done";
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "missing";
    throw error;
  }
}

function entriesOf(dir: string): readonly Deno.DirEntry[] {
  try {
    return [...Deno.readDirSync(dir)];
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

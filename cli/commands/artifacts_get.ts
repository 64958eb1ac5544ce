import { resolve } from "../../schemas/mod.ts";
import {
  type ArtifactStore,
  checkSaveTarget,
  saveArtifact,
} from "../../adapters/mod.ts";
import {
  findArtifact,
  type FoundArtifact,
  openArtifacts,
} from "../artifact_store.ts";
import type { CommandInput } from "../command.ts";
import { printJson } from "../print_json.ts";
import { startProgress } from "../progress/progress.ts";
import type { World } from "../world.ts";

interface Flags {
  readonly out: string | undefined;
  readonly stateDir: string | undefined;
  readonly json: boolean;
}

/** Writes an artifact to a file or to standard output, verified. */
export async function run(
  { flags, operands: [name = ""], world }: CommandInput<Flags>,
): Promise<number> {
  const { store } = await openArtifacts(flags, world);
  await using _session = await store.session();
  const found = await findArtifact(name, store);
  const file = flags.out === undefined || flags.out === "-"
    ? undefined
    : resolve(world.cwd, flags.out);
  if (file !== undefined) await save(found, file, { store, world });
  if (flags.json) {
    const saved = file === undefined ? {} : { file };
    printJson(world, { status: "success", ...found, ...saved });
  } else if (file === undefined) await print(found, store, world);
  else world.stderr.write(`Saved ${file}\n`);
  return 0;
}

async function save(
  { cid, path, size_bytes: total }: FoundArtifact,
  file: string,
  { store, world }: {
    readonly store: ArtifactStore;
    readonly world: World;
  },
): Promise<void> {
  await checkSaveTarget({ kind: "first", path: file }, "the artifact");
  const progress = startProgress(world, { quiet: false });
  const what = path ?? cid;
  let done = 0;
  const onBytes = (more: number) =>
    progress.reach("save", what, { done: done += more, total });
  await saveArtifact({ cid, what }, file, { store, onBytes })
    .finally(progress.end);
}

/** The last piece is printed when all are found whole. A reader may leave before. */
async function print(
  { cid }: FoundArtifact,
  store: ArtifactStore,
  { stdout, interrupted }: World,
): Promise<void> {
  for await (const piece of await store.open(cid) ?? []) {
    interrupted.throwIfAborted();
    if (!await stdout.send(piece)) return;
    // Gives the memory back now: a garbage collection may let a hundred pieces gather.
    if (piece.buffer instanceof ArrayBuffer) piece.buffer.transfer(0);
  }
}

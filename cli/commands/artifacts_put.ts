import { putFile, type StoredFile } from "../../adapters/mod.ts";
import { Failure, resolve, type WorldPath } from "../../schemas/mod.ts";
import { openArtifacts, worldPath } from "../artifact_store.ts";
import type { CommandInput } from "../command.ts";
import { printJson } from "../print_json.ts";
import { printable } from "../printable.ts";
import { startProgress } from "../progress/progress.ts";

interface Flags {
  readonly at: string | undefined;
  readonly quiet: boolean;
  readonly stateDir: string | undefined;
  readonly json: boolean;
}

/** Takes files into the store, where they stay until they are forgotten, and prints their world paths. */
export async function run(
  { flags, operands, world: bare }: CommandInput<Flags>,
): Promise<number> {
  const progress = startProgress(bare, flags);
  const { world } = progress;
  try {
    const at = placeFor(operands, flags.at);
    const { store, known } = await openArtifacts(flags, world);
    await using _session = await store.session();
    const files: StoredFile[] = [];
    for (const declared of operands) {
      files.push(
        await putFile(resolve(world.cwd, declared), {
          declared,
          store,
          known,
          keep: true,
          signal: world.interrupted,
          ...(at === undefined ? {} : { at }),
          onBytes: (done, total) =>
            progress.reach("attach", declared, { done, total }),
        }),
      );
    }
    progress.end();
    if (flags.json) {
      printJson(world, { status: "success", artifacts: files.map(row) });
    } else world.stdout.write(files.map(line).join(""));
    return 0;
  } finally {
    progress.end();
  }
}

/** Several files need a folder, or each a path of its own. */
function placeFor(
  files: readonly string[],
  at: string | undefined,
): WorldPath | undefined {
  if (at === undefined) return undefined;
  const path = worldPath(at, "Cannot put files at");
  if (files.length < 2 || path.endsWith("/")) return path;
  throw new Failure(
    "ERR_USAGE",
    `Cannot put ${files.length} files at "${at}": it is one path, and no folder`,
    { hint: `Write it with / at the end: --at ${at}/` },
  );
}

function row({ path, cid, size, mime }: StoredFile) {
  return { path, cid, size_bytes: size, mime };
}

function line({ path }: StoredFile): string {
  return `${printable(path)}\n`;
}

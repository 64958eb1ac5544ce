import type { ArtifactStore } from "../../adapters/mod.ts";
import { type Cid, Failure } from "../../schemas/mod.ts";
import { bytesText } from "../amounts.ts";
import { openArtifacts } from "../artifact_store.ts";
import type { CommandInput } from "../command.ts";
import { printJson } from "../print_json.ts";
import { startProgress } from "../progress/progress.ts";

interface Flags {
  readonly quarantine: boolean;
  readonly stateDir: string | undefined;
  readonly json: boolean;
}

/** What a look at the whole store found. */
interface Findings {
  readonly checked: number;
  readonly bytes: number;
  readonly damaged: readonly Damaged[];
}

interface Damaged {
  readonly cid: Cid;
  /** World paths that lead to it. */
  readonly paths: readonly string[];
  /** `damaged`: other bytes than it was stored with; `missing`: a path leads to it, but it is not there. */
  readonly state: "damaged" | "missing";
  /** Where it was moved. */
  readonly set_aside?: string;
}

/** Reads everything that is stored and says what is damaged. */
export async function run(
  { flags, world }: CommandInput<Flags>,
): Promise<number> {
  const { store } = await openArtifacts(flags, world);
  await using _session = await store.session();
  const progress = startProgress(world, { quiet: false });
  progress.begin("verify", "artifacts");
  const { quarantine } = flags;
  const findings = await verifyAll(store, {
    quarantine,
    onBytes: (done, total) =>
      progress.reach("verify", "artifacts", { done, total }),
    interrupted: world.interrupted,
  }).finally(progress.end);
  if (findings.damaged.length > 0) throw asFailure(findings);
  const { checked, bytes } = findings;
  if (flags.json) {
    printJson(world, { status: "success", checked, bytes, damaged: [] });
  } else {
    world.stdout.write(
      `${checked} artifacts, ${bytesText(bytes)}: all whole\n`,
    );
  }
  return 0;
}

interface Verifying {
  readonly quarantine: boolean;
  readonly onBytes: (done: number, total: number) => void;
  readonly interrupted: AbortSignal;
}

async function verifyAll(
  store: ArtifactStore,
  { quarantine, onBytes, interrupted }: Verifying,
): Promise<Findings> {
  const paths = await pathsByCid(store);
  const total = await bytesIn(store);
  let done = 0;
  const count = (more: number) => onBytes(done += more, total);
  const damaged: Damaged[] = [];
  let [checked, bytes] = [0, 0];
  for await (const { cid, size } of store.cids()) {
    interrupted.throwIfAborted();
    const { state } = await store.verify(cid, count);
    checked += 1;
    bytes += size;
    const leading = paths.get(cid) ?? [];
    paths.delete(cid);
    if (state !== "damaged") continue;
    const aside = quarantine ? await store.setAside(cid) : undefined;
    damaged.push({
      cid,
      paths: leading,
      state,
      ...(aside === undefined ? {} : { set_aside: aside }),
    });
  }
  const missing = await missingOf(paths, store);
  return { checked, bytes, damaged: [...damaged, ...missing] };
}

/** Bytes of all that is stored; others may put more meanwhile. */
async function bytesIn(store: ArtifactStore): Promise<number> {
  let total = 0;
  for await (const { size } of store.cids()) total += size;
  return total;
}

async function pathsByCid(store: ArtifactStore): Promise<Map<Cid, string[]>> {
  const paths = new Map<Cid, string[]>();
  for await (const { path, cid } of store.list("")) {
    paths.set(cid, [...paths.get(cid) ?? [], path]);
  }
  return paths;
}

/** Paths whose bytes were not met. They may have come since, or gone with the path. */
async function missingOf(
  paths: ReadonlyMap<Cid, readonly string[]>,
  store: ArtifactStore,
): Promise<readonly Damaged[]> {
  const missing: Damaged[] = [];
  for (const [cid, leading] of paths) {
    if (await store.stat(cid) !== undefined) continue;
    missing.push({ cid, paths: leading, state: "missing" });
  }
  return missing;
}

function asFailure({ checked, bytes, damaged }: Findings): Failure {
  const lines = damaged.map(({ cid, state, paths, set_aside }) =>
    [
      `${state} ${cid}`,
      ...paths.map((path) => `  ${path}`),
      ...(set_aside === undefined ? [] : [`  moved to ${set_aside}`]),
    ].join("\n")
  );
  const moved = damaged.some(({ set_aside }) => set_aside !== undefined);
  const next = moved
    ? "Attach or put those files again, or run again what made them; artifacts gc removes their paths"
    : "artifacts verify --quarantine moves damaged bytes away, so that they can be stored again";
  return new Failure(
    "ERR_STORE",
    `Cannot trust all of the artifact store: ${damaged.length} of ${checked} artifacts are damaged or missing`,
    {
      hint: [...lines, next].join("\n"),
      details: {
        checked,
        bytes,
        damaged: damaged.map((each) => ({ ...each })),
      },
    },
  );
}

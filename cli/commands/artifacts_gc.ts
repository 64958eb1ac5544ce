import type { GcReport } from "../../adapters/mod.ts";
import { bytesText } from "../amounts.ts";
import { openArtifacts } from "../artifact_store.ts";
import type { CommandInput } from "../command.ts";
import { journalOf } from "../local_road.ts";
import { printJson } from "../print_json.ts";
import { printable } from "../printable.ts";
import { startProgress } from "../progress/progress.ts";
import { parseAge } from "../spans.ts";

interface Flags {
  readonly olderThan: string | undefined;
  readonly forget: readonly string[];
  readonly dryRun: boolean;
  readonly stateDir: string | undefined;
  readonly json: boolean;
}

/** Removes artifacts that neither a recorded run nor anybody else names. */
export async function run(
  { flags, world }: CommandInput<Flags>,
): Promise<number> {
  const olderThanMs = parseAge(flags.olderThan ?? "1h", "--older-than");
  const { dryRun, forget } = flags;
  const { store, known, stateDir } = await openArtifacts(flags, world);
  const journal = journalOf(stateDir, world);
  const progress = startProgress(world, { quiet: false });
  progress.begin("look", "artifacts");
  try {
    const report = await store.gc({
      named: () => journal.namedCids(),
      olderThanMs,
      dryRun,
      forget,
    });
    if (!dryRun) await known.prune(store);
    progress.end();
    if (flags.json) printJson(world, reportJson(report, dryRun));
    else world.stdout.write(reportText(report, dryRun));
    return 0;
  } finally {
    progress.end();
    journal.close();
  }
}

function reportJson(
  { removed, paths, leftovers, left }: GcReport,
  dryRun: boolean,
) {
  return {
    status: "success",
    dry_run: dryRun,
    removed: removed.map(({ cid, size }) => ({ cid, size_bytes: size })),
    removed_bytes: bytesOf(removed),
    paths,
    leftovers,
    left: { count: left.count, size_bytes: left.bytes },
  };
}

function reportText(
  { removed, paths, leftovers, left }: GcReport,
  dryRun: boolean,
): string {
  const verb = dryRun ? "Would remove" : "Removed";
  const lines = [
    ...paths.map((path) => `${verb} ${printable(path)}`),
    `${verb} ${counted(removed.length, "artifact")}, ${
      bytesText(bytesOf(removed))
    }, and ${counted(leftovers, "file")} that killed processes left`,
    `${counted(left.count, "artifact")} left, ${bytesText(left.bytes)}`,
  ];
  return lines.map((line) => `${line}\n`).join("");
}

function bytesOf(removed: GcReport["removed"]): number {
  return removed.reduce((sum, { size }) => sum + size, 0);
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

import type {
  Journal,
  NewRun,
  OpenRun,
  RunFilter,
  RunRecord,
  RunsGcOptions,
  RunsGcReport,
} from "./journal.ts";
import { cidsOf } from "./named_cids.ts";

/** What a {@linkcode memoryJournal} remembers. */
export interface JournalMemory {
  /** By key, oldest first. */
  readonly records: Map<string, RunRecord>;
  /** Keys of runs whose process is there. */
  readonly alive: Set<string>;
}

/** A journal that lasts as long as its memory, which may be handed in. */
export function memoryJournal(
  now: () => Date,
  memory: JournalMemory = { records: new Map(), alive: new Set() },
): Journal {
  const { records } = memory;
  return {
    begin: (run) => Promise.resolve(begin(memory, run)),
    settleDead: () => Promise.resolve(settleDead(memory, now)),
    list: (filter) => Promise.resolve(select(newestFirst(memory), filter)),
    find: (id) => Promise.resolve(find(newestFirst(memory), id)),
    async *namedCids() {
      yield* new Set([...records.values()].flatMap(cidsOf));
    },
    gc: (options) => Promise.resolve(gc(memory, options)),
    close: () => {},
  };
}

function begin({ records, alive }: JournalMemory, run: NewRun): OpenRun {
  const same = [...records.values()].filter(({ execution_id }) =>
    execution_id === run.execution_id
  );
  const attempt = Math.max(0, ...same.map(({ attempt }) => attempt)) + 1;
  const record = { ...run, attempt, status: "running", pid: 0 } as const;
  records.set(run.key, record);
  alive.add(run.key);
  const write = (now: RunRecord) => void records.set(run.key, now);
  return {
    record,
    note: (now) => Promise.resolve(write(now)),
    settle(now) {
      write(now);
      alive.delete(run.key);
      return Promise.resolve();
    },
  };
}

function settleDead(
  { records, alive }: JournalMemory,
  now: () => Date,
): number {
  const dead = [...records.values()].filter(({ key, status }) =>
    status === "running" && !alive.has(key)
  );
  const ended_at = now().toISOString();
  for (const record of dead) {
    records.set(record.key, { ...record, status: "died", ended_at });
  }
  return dead.length;
}

function newestFirst({ records }: JournalMemory): readonly RunRecord[] {
  return [...records.values()].reverse();
}

function select(
  records: readonly RunRecord[],
  { ref, status, since, limit }: RunFilter,
): readonly RunRecord[] {
  return records.filter((record) =>
    record.ref === (ref ?? record.ref) &&
    record.status === (status ?? record.status) &&
    record.started_at >= (since ?? "")
  ).slice(0, limit);
}

function find(records: readonly RunRecord[], id: string): readonly RunRecord[] {
  const exact = records.filter(({ execution_id }) => execution_id === id);
  return exact.length > 0
    ? exact
    : records.filter(({ execution_id }) => execution_id.startsWith(id));
}

function gc(
  memory: JournalMemory,
  { keep = 0, before = "9999", dryRun }: RunsGcOptions,
): RunsGcReport {
  const old = newestFirst(memory).slice(keep).filter((record) =>
    record.status !== "running" && record.started_at < before
  );
  const kept = memory.records.size - old.length;
  if (!dryRun) { for (const { key } of old) memory.records.delete(key); }
  return { removed: old.length, kept };
}

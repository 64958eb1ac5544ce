import {
  after,
  type ArtifactStore,
  type Invocation,
  type OpenRun,
  type RecordedPhase,
  type RunRecord,
} from "../../adapters/mod.ts";
import {
  canonicalJson,
  cidOf,
  type Envelope,
  indexJson,
  type RunEvent,
} from "../../schemas/mod.ts";
import type { Clock } from "../world.ts";
import { shortEvent } from "./short_event.ts";

/** Gathers what is known of a run while it goes on, and has it recorded. */
export interface RunRecorder {
  /** The run gets into its next phase. */
  phase(phase: RecordedPhase): void;
  event(event: RunEvent): void;
  /** Which engine has the place of the run; recorded with its next phase. */
  place(engine: string): void;
  /** What is sent, to where it is to be kept. */
  attached(invocation: Invocation, store: ArtifactStore): void;
  /** Keeps what is sent and the entry in the store while the run goes on, so that it can be done again. */
  keep(): void;
  /** Resolves once the answer is recorded with its index, so that no answer is seen that is not. */
  answered(envelope: Envelope): Promise<void>;
  /** All that is known, once it is recorded as far as it can be before the end. */
  end(): Promise<RunRecord>;
}

export interface RecorderParts {
  readonly clock: Clock;
  /** When the command began, on the clock that only grows. */
  readonly startedMs: number;
  /** Tells the user what could not be done. */
  readonly warn: (error: unknown) => void;
}

/** How many events are kept. */
const TAIL = 50;

/** Milliseconds between two records of events. */
const EVENTS_EVERY = 1000;

/** Milliseconds until it is recorded what a run does now: most phases are over sooner, and one record tells of all. */
const SOON = 20;

/** The recorder of a run that was just begun; its time until now was the first phase. */
export function runRecorder(
  run: OpenRun,
  { clock, startedMs, warn }: RecorderParts,
): RunRecorder {
  const now = () => clock.monotonic();
  let record: RunRecord = { ...run.record, timings_ms: {} };
  let [sinceMs, notedMs] = [startedMs, now()];
  let pending = Promise.resolve();
  let keeping: Promise<unknown> | undefined;
  let keepSent = () => Promise.resolve();
  const change = (part: Partial<RunRecord>) => {
    record = { ...record, ...part };
  };
  let unplan: (() => void) | undefined;
  const note = () => {
    unplan?.();
    unplan = undefined;
    notedMs = now();
    pending = pending.then(() => run.note(record));
  };
  const noteSoon = () => void (unplan ??= after(SOON, note));
  const turn = (phase: RecordedPhase) => {
    const timings_ms = withTime(record, now() - sinceMs);
    sinceMs = now();
    change({ timings_ms, phase });
  };
  return {
    phase(phase) {
      if (phase === record.phase) return;
      turn(phase);
      noteSoon();
    },
    event(event) {
      change(withEvent(record, event));
      if (now() - notedMs >= EVENTS_EVERY) note();
    },
    place: (engine) => change({ engine }),
    attached(invocation, store) {
      change({ attachments: invocation.inputs.artifacts });
      keepSent = () => keep(invocation, store).then(change).then(note);
    },
    keep() {
      keeping ??= keepSent().catch(warn);
    },
    async answered(envelope) {
      const found = await indexOf(envelope);
      record = { ...withoutIndex(record), envelope, ...found };
      note();
      await pending;
    },
    async end() {
      turn(record.phase);
      this.keep();
      await keeping;
      unplan?.();
      await pending;
      return record;
    },
  };
}

function withTime(
  { phase, timings_ms }: RunRecord,
  ms: number,
): RunRecord["timings_ms"] {
  const sum = (timings_ms[phase] ?? 0) + ms;
  return { ...timings_ms, [phase]: Math.round(sum * 10) / 10 };
}

// The text of tokens is that of an output, or will be; a processor says many of them.
function withEvent(
  { events, tokens }: RunRecord,
  event: RunEvent,
): Partial<RunRecord> {
  return event.kind === "Token"
    ? { tokens: tokens + 1 }
    : { events: [...events, shortEvent(event)].slice(-TAIL) };
}

async function keep(
  { inputs, registrySnapshot, processorRef }: Invocation,
  store: ArtifactStore,
): Promise<Partial<RunRecord>> {
  const entry = registrySnapshot.processors[processorRef]?.entry;
  const [sent, snapshot] = await Promise.all([
    putJson(inputs.payload, store),
    putJson(entry ?? null, store),
  ]);
  return { inputs: sent.cid, registry_snapshot: snapshot.cid };
}

async function putJson(value: unknown, store: ArtifactStore) {
  const bytes = new TextEncoder().encode(canonicalJson(value));
  return await store.put([bytes]);
}

/** The index that an answer names. */
async function indexOf(envelope: Envelope): Promise<Pick<RunRecord, "index">> {
  if (envelope.status !== "success") return {};
  const bytes = new TextEncoder().encode(indexJson(envelope.outputs));
  return { index: await cidOf(bytes) };
}

/** An answer may be followed by another, when what was to be done with it failed. */
function withoutIndex({ index: _, ...rest }: RunRecord): RunRecord {
  return rest;
}

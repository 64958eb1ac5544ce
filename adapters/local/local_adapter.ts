import type {
  Envelope,
  EnvelopeError,
  Redact,
  RunEvent,
} from "../../schemas/mod.ts";
import { canonicalDigest, redactJson, redactor } from "../../schemas/mod.ts";
import type { RunFacts } from "../outputs/envelope.ts";
import {
  errorEnvelope,
  invokedProcessor,
  successEnvelope,
} from "../outputs/envelope.ts";
import type {
  Adapter,
  ArtifactStore,
  Invocation,
  InvokeHooks,
  SnapshotEntry,
} from "../ports.ts";
import type { PlaceSources } from "./choose_place.ts";
import { choosePlace } from "./choose_place.ts";
import type { LocalRun } from "./outcome.ts";
import { carryOut } from "./outcome.ts";
import { openGround } from "./run_ground.ts";
import { searchesAhead } from "./searches_ahead.ts";

/** What the local adapter is made of. */
export interface LocalParts extends PlaceSources {
  readonly store: ArtifactStore;
  /** Values that must not be seen in the envelopes and events of real runs. */
  readonly secretValues: readonly string[];
  /** Milliseconds that only grow. */
  readonly monotonic: () => number;
  /** Milliseconds after which a disk that does not move counts as dead; default as in `whileMoving`. */
  readonly stallMs?: number;
}

/** Milliseconds for a sandbox to be ready, when the caller does not say. */
const WAIT = 30_000;

/** Its name in fingerprints. */
const NAME = "local";

/**
 * Runs on this machine. The run's folder is always removed, an ephemeral sandbox always ended. What the
 * processor did wrong, a timeout and a cancelled run are error envelopes; outages throw `Failure`.
 */
export function localAdapter(parts: LocalParts): Adapter {
  const searches = searchesAhead(parts);
  return {
    prepare: searches.begin,
    async invoke(invocation, hooks) {
      const processor = invokedProcessor(invocation);
      const { mode } = invocation;
      if (mode === "smoke") return await smoke(parts, invocation, processor);
      const { signal, onWait } = hooks;
      hooks.onPhase?.("start");
      const { executionId, adapterOpts } = invocation;
      const { waitMs = WAIT, timeoutS = processor.entry.runtime.timeoutS } =
        adapterOpts;
      const search = searches.take(processor);
      const place = await choosePlace(parts, {
        processor,
        search,
        mode,
        executionId,
        timeoutS,
        waitMs,
        signal,
        onWait,
      });
      try {
        hooks.onPlace?.(place.engine);
        const { note } = parts;
        const ground = await openGround({ invocation, place, note });
        try {
          const run = { invocation, mode, processor, place, ground };
          return await runAt(run, parts, hooks);
        } finally {
          await ground.leave();
        }
      } finally {
        await place.leave();
      }
    },
  };
}

/** Fabricated from the declared outputs: no process, no network. */
async function smoke(
  { store }: LocalParts,
  invocation: Invocation,
  { entry }: SnapshotEntry,
): Promise<Envelope> {
  const { writePrefix, executionId } = invocation;
  const target = { store, writePrefix, executionId };
  const { smokeOutputs } = await loadSmoke();
  return successEnvelope(invocation, await smokeOutputs(entry, target), {
    adapter: NAME,
    durationMs: 0,
    imageDigest: canonicalDigest(entry),
    presentEnvKeys: [],
  });
}

/** By a computed address, because what Deno sees as an import it reads at start. */
function loadSmoke(): Promise<typeof import("../outputs/smoke.ts")> {
  return import(new URL("../outputs/smoke.ts", import.meta.url).href);
}

async function runAt(
  run: LocalRun,
  parts: LocalParts,
  { signal, onEvent, onPhase, onWait }: InvokeHooks,
): Promise<Envelope> {
  const { invocation, place } = run;
  const { store, stallMs } = parts;
  // Mock runs hold no secret, and must say the same on every machine.
  const values = [...parts.secretValues, ...place.secretValues ?? []];
  const redact = redactor(run.mode === "real" ? values : []);
  const started = parts.monotonic();
  const outcome = await carryOut(run, {
    store,
    signal,
    ...(stallMs === undefined ? {} : { stallMs }),
    onWait: () => onWait?.(),
    onEvent: (event) => onEvent(redactEvent(event, redact)),
    onPhase: (phase) => onPhase?.(phase),
  });
  const facts: RunFacts = {
    adapter: NAME,
    durationMs: Math.round(parts.monotonic() - started),
    imageDigest: place.imageDigest,
    presentEnvKeys: place.secrets,
  };
  return outcome.status === "success"
    ? successEnvelope(invocation, outcome.outputs, facts)
    : errorEnvelope(invocation, redactError(outcome.error, redact), facts);
}

function redactEvent(event: RunEvent, redact: Redact): RunEvent {
  // Only texts change, so the content stays of its kind.
  const content = redactJson(event.content, redact);
  return { ...event, content } as RunEvent;
}

function redactError(
  { code, message, details }: EnvelopeError,
  redact: Redact,
): EnvelopeError {
  return {
    code,
    message: redact(message),
    ...(details === undefined ? {} : { details: redactJson(details, redact) }),
  };
}

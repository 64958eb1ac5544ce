import {
  attach,
  checkSaveTarget,
  type Invocation,
  type SnapshotEntry,
} from "../adapters/mod.ts";
import type { LoadedEntry } from "../registry/quick.ts";
import {
  canonicalJson,
  type CheckedOk,
  type Envelope,
  Failure,
  type WritePrefix,
} from "../schemas/mod.ts";
import { isOk } from "../schemas/reading.ts";
import {
  attachmentFile,
  checkInputs,
  requireRef,
  runRegistry,
} from "./checked_inputs.ts";
import type { CommandInput } from "./command.ts";
import { asFailure, tellFailure } from "./conclude.ts";
import { deliver } from "./deliver.ts";
import { type LocalRoad, localRoad } from "./local_road.ts";
import { invalidInputs, printFindings } from "./findings.ts";
import { type Progress, startProgress } from "./progress/progress.ts";
import { type RawDocument, readInputs } from "./read_inputs.ts";
import { refusal } from "./refusal.ts";
import {
  expandPrefix,
  type Patience,
  planRun,
  prefixTemplate,
  type RunFlags,
  type RunPlan,
} from "./run_plan.ts";
import { newRun, type NewRunFacts } from "./runs/new_run.ts";
import { recorded } from "./runs/recorded.ts";
import type { RunRecorder } from "./runs/run_recorder.ts";
import { eventPrinter } from "./stream.ts";

type Input = CommandInput<RunFlags>;

interface WatchedInput extends Input {
  readonly progress: Progress;
}

/** A document that may be run, and the processor that runs it. */
interface Ready {
  readonly raw: RawDocument;
  readonly checked: CheckedOk;
  readonly processor: LoadedEntry;
}

/**
 * path/stdin → Source → Tree → Checked → Attached → Envelope → text and files. Always prints exactly
 * one envelope on standard output, also when the run never started; answers the exit code.
 */
export async function runPipeline(
  { flags, operands, world: bare }: Input,
  defaultPrefix: (slug: string) => string,
): Promise<number> {
  const progress = startProgress(bare, flags);
  const { world } = progress;
  const input: WatchedInput = { flags, operands, world, progress };
  const startedMs = world.clock.monotonic();
  let executionId = "";
  try {
    const plan = planRun(flags, world);
    executionId = plan.executionId;
    if (plan.save !== undefined) await checkSaveTarget(plan.save);
    const ready = await readyInputs(input, plan);
    const road = await localRoad(flags, world);
    await using _session = await road.store.session();
    const { store, journal } = road;
    const call = callOf(ready, { input, plan, defaultPrefix });
    await using _ahead = ahead(ready, road, call);
    const run = newRun(call, world);
    return await recorded(run, { journal, world, startedMs }, async (it) => {
      it.phase("attach");
      const invocation = await invocationOf(ready, road, { input, call });
      it.attached(invocation, store);
      const envelope = await invoke(invocation, road, { input, recorder: it });
      await it.answered(envelope);
      if (plan.save !== undefined) it.phase("save");
      return await deliver(envelope, {
        input,
        save: plan.save,
        store,
        startedMs,
      });
    });
  } catch (error) {
    // The run did not come about.
    const failure = asFailure(error, world);
    const json = canonicalJson(refusal(failure, executionId));
    return tellFailure(failure, { json, flags, world });
  } finally {
    progress.end();
  }
}

/** Reads and checks the document; prints what was found, and throws when it may not be run. */
async function readyInputs(
  { flags, world, progress }: WatchedInput,
  plan: RunPlan,
): Promise<Ready> {
  progress.begin("check", flags.inputsFile ?? "the inputs");
  const raw = await readInputs(flags, world);
  const registry = await runRegistry(flags, world);
  requireRef(flags.ref, registry);
  const facts = {
    ref: flags.ref,
    mode: plan.mode,
    attachments: plan.attachments,
    complete: true,
  };
  const checked = await checkInputs(raw, facts, { registry, world });
  await printFindings(checked.diagnostics, checked.source, world);
  if (!isOk(checked)) throw invalidInputs(checked.diagnostics, checked.source);
  const ref = checked.document.ref;
  if (ref === undefined) {
    throw new Failure(
      "ERR_REF_MISSING",
      "Cannot run: neither --ref nor $processor names a processor",
      {
        hint: "Add --ref ns/name@version; registry list shows what there is",
      },
    );
  }
  return { raw, checked, processor: registry.require(ref) };
}

/** Connects to where the run goes while it is recorded; a smoke run goes nowhere. */
function ahead(
  { processor }: Ready,
  { adapter }: LocalRoad,
  { mode }: Call,
): AsyncDisposable | undefined {
  return mode === "smoke"
    ? undefined
    : adapter.prepare?.(snapshotEntry(processor));
}

function snapshotEntry({ entry, dir, root }: LoadedEntry): SnapshotEntry {
  return { entry, dir, shipped: root.shipped };
}

interface Call extends NewRunFacts {
  readonly patience: Patience;
  readonly expandedPrefix: WritePrefix;
}

/** What is to be run, before anything is attached. */
function callOf(
  { checked, processor }: Ready,
  { input: { flags }, plan, defaultPrefix }: {
    readonly input: Input;
    readonly plan: RunPlan;
    readonly defaultPrefix: (slug: string) => string;
  },
): Call {
  const { executionId, timeoutS, patience } = plan;
  const { ref } = processor.entry;
  const writePrefix = prefixTemplate(flags, defaultPrefix, ref);
  return {
    executionId,
    timeoutS,
    patience,
    processor,
    mode: plan.mode ?? checked.document.mode ?? "mock",
    writePrefix,
    expandedPrefix: expandPrefix(writePrefix, executionId),
  };
}

/** Hashes and stores what is attached, and puts the call together. */
async function invocationOf(
  { raw, checked, processor }: Ready,
  road: LocalRoad,
  { input: { world, progress }, call }: {
    readonly input: WatchedInput;
    readonly call: Call;
  },
): Promise<Invocation> {
  const inputs = await attach(checked.document, {
    store: road.store,
    known: road.known,
    resolvePath: ({ path, from }) => attachmentFile(path, from, { raw, world }),
    signal: world.interrupted,
    onProgress: ({ name, done, total }) =>
      progress.reach("attach", name, { done, total }),
  });
  const { entry } = processor;
  const { mode, executionId, timeoutS, patience } = call;
  return {
    processorRef: entry.ref,
    inputs,
    mode,
    writePrefix: call.expandedPrefix,
    executionId,
    registrySnapshot: {
      processors: { [entry.ref]: snapshotEntry(processor) },
    },
    adapterOpts: {
      ...(timeoutS === undefined ? {} : { timeoutS }),
      ...patience,
    },
    secretsPresent: [],
  };
}

async function invoke(
  invocation: Invocation,
  road: LocalRoad,
  { input: { flags, world, progress }, recorder }: {
    readonly input: WatchedInput;
    readonly recorder: RunRecorder;
  },
): Promise<Envelope> {
  const printer = flags.stream ? eventPrinter(world) : undefined;
  if (invocation.mode === "smoke") recorder.phase("run");
  try {
    return await road.adapter.invoke(invocation, {
      signal: world.interrupted,
      onEvent: (event) => {
        recorder.event(event);
        printer?.show(event);
      },
      onWait: () => recorder.keep(),
      onPlace: recorder.place,
      onPhase: (phase) => {
        recorder.phase(phase);
        // What the processor says stands in one piece, without a line that comes and goes in it.
        if (printer !== undefined && phase !== "start") progress.hide();
        else progress.begin(phase, invocation.processorRef);
      },
    });
  } finally {
    await printer?.end();
  }
}

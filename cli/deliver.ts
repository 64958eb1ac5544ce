import {
  type ArtifactStore,
  saveOutputs,
  type SaveTarget,
} from "../adapters/mod.ts";
import { canonicalJson, type Envelope, Failure } from "../schemas/mod.ts";
import type { CommandInput } from "./command.ts";
import { asFailure, exitFor, printFailure } from "./conclude.ts";
import type { Progress } from "./progress/progress.ts";
import { runSummary } from "./run_summary.ts";
import type { RunFlags } from "./run_plan.ts";

export interface Delivery {
  readonly input: CommandInput<RunFlags> & { readonly progress: Progress };
  readonly save: SaveTarget | undefined;
  readonly store: ArtifactStore;
  /** When the command began, on the clock that only grows. */
  readonly startedMs: number;
}

/**
 * Prints the envelope, then saves outputs where asked: a failed save does not unmake the run. On a terminal
 * it says for people what came out, too.
 */
export async function deliver(
  envelope: Envelope,
  delivery: Delivery,
): Promise<number> {
  const { input: { world, progress } } = delivery;
  progress.hide();
  world.stdout.write(`${canonicalJson(envelope)}\n`);
  try {
    if (envelope.status === "error") {
      throw new Failure(envelope.error.code, envelope.error.message);
    }
    tell(envelope, delivery, await save(envelope, delivery));
    return 0;
  } catch (error) {
    const failure = asFailure(error, world);
    printFailure(failure, world);
    if (envelope.status === "error") tell(envelope, delivery);
    return exitFor(failure, world);
  }
}

async function save(
  envelope: Extract<Envelope, { status: "success" }>,
  { input: { progress, world }, save, store }: Delivery,
): Promise<readonly string[] | undefined> {
  if (save === undefined) return undefined;
  progress.begin("save", "the outputs");
  const { interrupted: signal, killed } = world;
  return await saveOutputs(envelope, save, { store, signal, killed });
}

function tell(
  envelope: Envelope,
  { input: { flags, world }, startedMs }: Delivery,
  saved?: readonly string[],
): void {
  if (flags.quiet) return;
  const durationMs = world.clock.monotonic() - startedMs;
  const text = world.stderr.isTerminal && !flags.json
    ? runSummary(envelope, {
      durationMs,
      program: world.toolkit.program,
      ...(saved === undefined ? {} : { saved }),
    })
    : (saved ?? []).map((file) => `Saved ${file}\n`).join("");
  if (text !== "") world.stderr.write(text);
}

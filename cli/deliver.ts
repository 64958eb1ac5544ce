import {
  type ArtifactStore,
  saveOutputs,
  type SaveTarget,
} from "../adapters/mod.ts";
import { canonicalJson, type Envelope, Failure } from "../schemas/mod.ts";
import type { CommandInput } from "./command.ts";
import { asFailure, tellFailure } from "./conclude.ts";
import { nextCommand } from "./next_command.ts";
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
 * Prints the envelope, then saves outputs where asked: that one of them fails does not unmake the run. On a terminal
 * it says for people what came out, too.
 */
export async function deliver(
  envelope: Envelope,
  delivery: Delivery,
): Promise<number> {
  const { input: { flags, world, progress } } = delivery;
  progress.hide();
  const json = canonicalJson(envelope);
  if (envelope.status === "error") {
    const { code, message } = envelope.error;
    const exit = tellFailure(new Failure(code, message), {
      json,
      flags,
      world,
    });
    tell(envelope, delivery);
    return exit;
  }
  try {
    world.stdout.write(`${json}\n`);
    tell(envelope, delivery, await save(envelope, delivery));
    return 0;
  } catch (error) {
    return tellFailure(asFailure(error, world), { flags, world });
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
      command: (path) => nextCommand(path, { flags, world }),
      ...(saved === undefined ? {} : { saved }),
    })
    : (saved ?? []).map((file) => `Saved ${file}\n`).join("");
  if (text !== "") world.stderr.write(text);
}

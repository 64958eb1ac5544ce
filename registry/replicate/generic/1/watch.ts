import type Replicate from "replicate";
import { clientFor } from "./client.ts";
import { type Attempt, broken } from "./failure.ts";
import { pause } from "./patience.ts";
import { hasEnded, type Prediction, predictionOf } from "./prediction.ts";
import { reporter } from "./reporter.ts";
import { isNotFound } from "./start.ts";

/** Milliseconds that cancelling may take. */
const CANCEL_LIMIT = 10_000;

/** Growth of the pause between two looks, and the most it grows to. */
const GROWTH = 1.5;
const MOST_GROWTH = 10;

/** Looks at a prediction until it has ended. When that fails, or the run is cancelled, it is cancelled too. */
export async function watch(
  attempt: Attempt,
  client: Replicate,
  { started, interval }: {
    readonly started: Prediction;
    /** Milliseconds. */
    readonly interval: number;
  },
): Promise<Prediction> {
  const report = reporter(attempt);
  const { signal } = attempt.run;
  let prediction = started;
  try {
    report(prediction);
    for (let growth = 1; !hasEnded(prediction); growth *= GROWTH) {
      await pause(interval * Math.min(growth, MOST_GROWTH), signal);
      prediction = await look(attempt, client, prediction.id);
      report(prediction);
    }
  } catch (error) {
    await cancel(attempt, prediction.id);
    throw error;
  }
  return prediction;
}

async function look(attempt: Attempt, client: Replicate, id: string) {
  const { signal } = attempt.run;
  const answer = await client.predictions.get(id, { signal })
    .catch((error: unknown) => {
      if (!isNotFound(error)) throw error;
      return broken(attempt, `prediction ${id} is gone (404)`);
    });
  return predictionOf(attempt, answer);
}

async function cancel(attempt: Attempt, id: string): Promise<void> {
  const signal = AbortSignal.timeout(CANCEL_LIMIT);
  try {
    await clientFor(attempt, signal).predictions.cancel(id, { signal });
    attempt.run.log("prediction cancelled", { prediction_id: id });
  } catch {
    attempt.run.log("prediction could not be cancelled", { prediction_id: id });
  }
}

import type Replicate from "replicate";
import type { JsonObject } from "theoryctl/handler";
import { type Attempt, refused } from "./failure.ts";
import type { PredictionParams } from "./params.ts";
import { type Prediction, predictionOf } from "./prediction.ts";

/**
 * Starts a prediction. It is not given the run's signal: a request that is broken off may have
 * started a prediction that nobody knows and somebody pays for.
 */
export async function start(
  attempt: Attempt,
  client: Replicate,
  { params, input }: {
    readonly params: PredictionParams;
    /** With URLs in place of attachments. */
    readonly input: JsonObject;
  },
): Promise<Prediction> {
  const { version } = params;
  const answer = version === undefined
    ? await startLatest(attempt, client, { params, input })
    : await client.predictions.create({ version, input })
      .catch(orMissing(attempt, "it has no such version"));
  return predictionOf(attempt, answer);
}

/** Some models run by name alone; the others do by the id of their latest version. */
async function startLatest(
  attempt: Attempt,
  client: Replicate,
  { params: { owner, name }, input }: {
    readonly params: PredictionParams;
    readonly input: JsonObject;
  },
): Promise<unknown> {
  try {
    return await client.predictions.create({
      model: `${owner}/${name}`,
      input,
    });
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
  const model = await client.models.get(owner, name)
    .catch(orMissing(attempt, "there is no such model"));
  const version = model.latest_version?.id ??
    refused(attempt, "it has no version yet");
  return await client.predictions.create({ version, input })
    .catch(orMissing(attempt, "its latest version is gone"));
}

function orMissing(attempt: Attempt, found: string) {
  return (error: unknown): never => {
    if (!isNotFound(error)) throw error;
    const { provider } = attempt.endpoint;
    return refused(attempt, `${found} at ${provider} (404)`);
  };
}

/** Whether the library threw for a 404. */
export function isNotFound(error: unknown): boolean {
  return error instanceof Error && error.name === "ApiError";
}

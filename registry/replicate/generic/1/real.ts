import type { JsonObject, Run } from "theoryctl/handler";
import { clientFor } from "./client.ts";
import { save } from "./download.ts";
import { endpointOf } from "./endpoint.ts";
import { type Attempt, broken, PredictionFailure } from "./failure.ts";
import { inputFor } from "./inputs.ts";
import { planOutputs, textOf } from "./outputs.ts";
import { paramsOf } from "./params.ts";
import type { Prediction } from "./prediction.ts";
import { recordJson } from "./record.ts";
import { start } from "./start.ts";
import { watch } from "./watch.ts";

/** Runs a prediction to its end and writes what came out of it. */
export async function handle(run: Run): Promise<void> {
  try {
    await predict(run);
  } catch (error) {
    if (!(error instanceof PredictionFailure)) throw error;
    run.fail(error.code, error.message);
  }
}

async function predict(run: Run): Promise<void> {
  const params = paramsOf(run);
  const act = `run model "${params.model}"`;
  const attempt = { run, endpoint: endpointOf(run), act };
  const client = clientFor(attempt, run.signal);
  const input = await inputFor(attempt, client, params.input);
  const started = await start(attempt, client, { params, input });
  const interval = params.pollInterval;
  const ended = await watch(attempt, client, { started, interval });
  if (ended.status !== "succeeded") failEnded(attempt, ended);
  await writeOutputs(attempt, ended, params.input);
}

function failEnded(attempt: Attempt, prediction: Prediction): never {
  const { id, status, error } = prediction;
  const reason = typeof error === "string" ? error : JSON.stringify(error);
  const why = error === null ? "" : `: ${reason}`;
  return broken(attempt, `prediction ${id} ${status}${why}`);
}

async function writeOutputs(
  attempt: Attempt,
  prediction: Prediction,
  input: JsonObject,
): Promise<void> {
  const { run, endpoint } = attempt;
  const { files, foreign, output } = planOutputs(endpoint, prediction.output);
  for (const url of foreign) {
    run.log("not downloaded: the URL is of another host", { url });
  }
  for (const file of files) await save(attempt, file);
  const text = textOf(endpoint, prediction.output);
  if (text !== undefined) await run.write("text/response.txt", text);
  const { id, model, version, status, metrics } = prediction;
  const facts = { id, model, version, status, metrics, output };
  await run.write("prediction.json", recordJson(input, facts));
}

import type { JsonObject, Run } from "theoryctl/handler";

/** `params` of the inputs document, as registry.yaml describes it. */
export interface PredictionParams {
  /** As written: `owner/name` or `owner/name:version`. */
  readonly model: string;
  readonly owner: string;
  readonly name: string;
  /** Undefined for the latest one. */
  readonly version: string | undefined;
  readonly input: JsonObject;
  /** Milliseconds. */
  readonly pollInterval: number;
}

/** The parameters of a run, with their defaults. */
export function paramsOf(run: Run): PredictionParams {
  const { model, input, poll_interval_s } = run.params;
  const [path = "", version] = String(model).split(":");
  const [owner = "", name = ""] = path.split("/");
  const seconds = typeof poll_interval_s === "number" ? poll_interval_s : 0.5;
  return {
    model: String(model),
    owner,
    name,
    version,
    input: input as JsonObject,
    pollInterval: seconds * 1000,
  };
}

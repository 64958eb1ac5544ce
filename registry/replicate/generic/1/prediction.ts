import type { Json, JsonObject } from "theoryctl/handler";
import { type Attempt, broken } from "./failure.ts";

/** A prediction as the provider tells it. */
export interface Prediction {
  readonly id: string;
  readonly status: string;
  readonly model: Json;
  readonly version: Json;
  readonly metrics: Json;
  readonly output: Json;
  readonly error: Json;
  /** Everything it has logged so far. */
  readonly logs: string;
}

const ENDED = ["succeeded", "failed", "canceled", "aborted"];

/** Whether nothing about a prediction changes any more. */
export function hasEnded({ status }: Prediction): boolean {
  return ENDED.includes(status);
}

/** What the provider answered, read as a prediction. Fails when it is none. */
export function predictionOf(attempt: Attempt, answer: unknown): Prediction {
  const body = (answer ?? {}) as JsonObject;
  const { id, status, logs } = body;
  if (typeof id !== "string" || !/^[A-Za-z0-9_-]+$/.test(id)) {
    return broken(attempt, "the answer is no prediction with an id");
  }
  if (typeof status !== "string") {
    return broken(attempt, `prediction ${id} has no status`);
  }
  return {
    id,
    status,
    model: body["model"] ?? null,
    version: body["version"] ?? null,
    metrics: body["metrics"] ?? {},
    output: body["output"] ?? null,
    error: body["error"] ?? null,
    logs: typeof logs === "string" ? logs : "",
  };
}

import type { JsonObject } from "../../../schemas/mod.ts";
import { isObject } from "../../../schemas/mod.ts";

/** How a task ended. */
export type Result =
  | { readonly status: "success" }
  | {
    readonly status: "error";
    readonly error: { readonly code: string; readonly message: string };
  };

/** What a run of the fakes does. */
export interface Task {
  readonly token: (text: string) => void;
  /** Ends a run that waits. */
  readonly preempted: AbortSignal;
}

/**
 * What `inputs.params` of a run asks for: `do` is `hello`, `echo` (a token `text`), `fail` (with `text` as message),
 * `huge` (a message of `text` characters), `rest` (`ms` of silence) or `wait` (until it is preempted).
 */
export async function doTask(
  inputs: unknown,
  { token, preempted }: Task,
): Promise<Result> {
  const { do: task, text, ms } = paramsOf(inputs);
  token("Hel");
  token("lo");
  if (task === "echo") token(String(text));
  if (task === "fail") return failed(String(text));
  if (task === "huge") return failed("x".repeat(Number(text)));
  if (task === "rest") {
    await new Promise((done) => setTimeout(done, Number(ms)));
  }
  if (task === "wait") await aborted(preempted);
  return { status: "success" };
}

function paramsOf(inputs: unknown): JsonObject {
  const params = isObject(inputs) ? inputs["params"] : undefined;
  return isObject(params) ? params : {};
}

function failed(message: string): Result {
  return { status: "error", error: { code: "ERR_DEMO", message } };
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise((done) => signal.addEventListener("abort", done));
}

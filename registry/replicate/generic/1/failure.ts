import type { Json, JsonObject, Run } from "theoryctl/handler";
import type { Endpoint } from "./endpoint.ts";
import type { Outcome } from "./patience.ts";

/** Longest text of the provider that is repeated in a message. */
const MAX_QUOTED = 500;

/** What was tried, for messages. */
export interface Attempt {
  readonly run: Run;
  readonly endpoint: Endpoint;
  /** As in `Cannot <act>: …`. */
  readonly act: string;
}

/**
 * Why the run ends. It is thrown first and told to the run by `handle` alone: `run.fail` ends the Worker, and
 * a prediction has to be cancelled before.
 */
export class PredictionFailure extends Error {
  override readonly name = "PredictionFailure";
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** The provider did not do what it should. */
export function broken(attempt: Attempt, found: string): never {
  throw failure(attempt, { code: "ERR_PROVIDER", found });
}

/** What was asked for cannot be done. */
export function refused(attempt: Attempt, found: string): never {
  throw failure(attempt, { code: "ERR_VALIDATION", found });
}

/** Whatever is said never holds the token. */
function failure(
  { endpoint, act }: Attempt,
  { code, found }: { readonly code: string; readonly found: string },
): PredictionFailure {
  const hidden = found.replaceAll(endpoint.token, "[REPLICATE_API_TOKEN]");
  return new PredictionFailure(code, `Cannot ${act}: ${quote(hidden)}`);
}

/** A request was lost or refused. */
export async function failFor(
  attempt: Attempt,
  { response, lost, attempts }: Outcome,
): Promise<never> {
  const { run, endpoint: { provider } } = attempt;
  if (run.signal.aborted) throw run.signal.reason;
  if (lost instanceof Deno.errors.NotCapable) throw lost;
  if (response === undefined) {
    const found = `${provider} is not reachable: ${messageOf(lost)}`;
    return broken(attempt, found);
  }
  const { status } = response;
  const tried = attempts > 1 ? ` to ${attempts} attempts` : "";
  const found = `${provider} answered ${status}${tried}: ${await said(
    response,
  )}`;
  throw failure(attempt, { code: codeFor(status), found });
}

function codeFor(status: number): string {
  if (status === 401 || status === 403) return "ERR_PROVIDER_AUTH";
  if (status === 429) return "ERR_PROVIDER_RATE_LIMIT";
  if ([400, 413, 415, 422].includes(status)) return "ERR_VALIDATION";
  return "ERR_PROVIDER";
}

/** What an error body says: Replicate's are `{"title", "detail", "status"}`. */
async function said(response: Response): Promise<string> {
  const text = await response.text().catch(() => "");
  const body = parsed(text);
  if (body === undefined) return text.trim() || response.statusText;
  const words = [body["title"], body["detail"]]
    .filter((word) => typeof word === "string");
  return words.length === 0 ? text : words.join(": ");
}

function parsed(text: string): JsonObject | undefined {
  try {
    const value: Json = JSON.parse(text);
    return typeof value === "object" && !Array.isArray(value) && value !== null
      ? value as JsonObject
      : undefined;
  } catch {
    return undefined;
  }
}

/** The message of whatever was thrown, without the addresses that Deno puts before it. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause !== undefined) return messageOf(error.cause);
  return error.message.split(/client error \(\w+\): /).at(-1) ?? "";
}

function quote(text: string): string {
  const line = text.trim().replaceAll(/\s+/g, " ");
  const short = line.length > MAX_QUOTED
    ? `${line.slice(0, MAX_QUOTED)}…`
    : line;
  return short.replace(/\.$/, "");
}

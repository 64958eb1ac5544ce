import { APIConnectionError, APIError } from "openai";
import type { JsonObject, Run } from "theoryctl/handler";
import type { Endpoint } from "./endpoint.ts";

/** How often a request is repeated after 408, 409, 429, 5xx and lost connections. */
export const MAX_RETRIES = 2;

/** Longest text of a provider that is repeated in a message. */
const MAX_QUOTED = 500;

const SHORTEST_KEY = 8;

/** Ends the run for what the library threw, with the provider's own words and never with the key. */
export function failFor(run: Run, endpoint: Endpoint, error: unknown): never {
  if (run.signal.aborted) throw run.signal.reason;
  const denied = error instanceof Error ? error.cause : undefined;
  if (denied instanceof Deno.errors.NotCapable) throw denied;
  const { model, provider, apiKey } = endpoint;
  const found = quote(withoutKey(foundBy(error, provider), apiKey));
  return run.fail(
    codeFor(error),
    `Cannot complete chat with "${model}": ${found}`,
    JSON.parse(withoutKey(JSON.stringify(detailsOf(error)), apiKey)),
  );
}

function codeFor(error: unknown): string {
  const status = error instanceof APIError ? error.status : undefined;
  if (status === undefined) return "ERR_PROVIDER";
  if (status === 401 || status === 403) return "ERR_PROVIDER_AUTH";
  if (status === 429) return "ERR_PROVIDER_RATE_LIMIT";
  if ([400, 413, 415, 422].includes(status)) return "ERR_VALIDATION";
  // A 404 in the provider's own words means the model; any other, a wrong URL.
  if (status === 404 && wordsOf(error) !== undefined) return "ERR_VALIDATION";
  return "ERR_PROVIDER";
}

function foundBy(error: unknown, provider: string): string {
  if (error instanceof APIConnectionError) {
    return `${provider} is not reachable: ${rootMessage(error)}`;
  }
  if (error instanceof APIError && error.status !== undefined) {
    const tried = mayRepeat(error.status)
      ? ` to ${MAX_RETRIES + 1} attempts`
      : "";
    return `${provider} answered ${error.status}${tried}: ${saidBy(error)}`;
  }
  if (error instanceof APIError) {
    return `${provider} broke off with an error: ${saidBy(error)}`;
  }
  return `the answer of ${provider} broke off: ${rootMessage(error)}`;
}

function mayRepeat(status: number): boolean {
  return status === 408 || status === 409 || status === 429 || status >= 500;
}

function saidBy(error: APIError): string {
  return wordsOf(error) ?? error.message.replace(/^\d{3} /, "");
}

/** The message of an error body in the usual form, `{"error": {"message": …}}`. */
function wordsOf(error: unknown): string | undefined {
  const body = error instanceof APIError ? error.error : undefined;
  if (typeof body === "string") return body;
  const message = (body as { message?: unknown } | undefined)?.message;
  return typeof message === "string" ? message : undefined;
}

/** What went wrong at the bottom, without the addresses that Deno puts before it. */
function rootMessage(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause !== undefined) return rootMessage(error.cause);
  return error.message.split(/client error \(\w+\): /).at(-1) ?? "";
}

function quote(text: string): string {
  const line = text.trim().replaceAll(/\s+/g, " ");
  const short = line.length > MAX_QUOTED
    ? `${line.slice(0, MAX_QUOTED)}…`
    : line;
  return short.replace(/\.$/, "");
}

function detailsOf(error: unknown): JsonObject {
  if (!(error instanceof APIError)) return {};
  const { status, code, type, param, requestID } = error;
  const all = { status, code, type, param, request_id: requestID };
  const present = Object.entries(all).filter(([, value]) =>
    typeof value === "string" || typeof value === "number"
  );
  return Object.fromEntries(present) as JsonObject;
}

/** Replaces the key before anything is cut; one of a few letters, for servers without keys, hides nothing. */
function withoutKey(text: string, apiKey: string): string {
  if (apiKey.length < SHORTEST_KEY) return text;
  return text.replaceAll(apiKey, "[OPENAI_API_KEY]");
}

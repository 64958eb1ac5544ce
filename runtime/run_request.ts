import {
  expandWritePrefix,
  Failure,
  isObject,
  parseMode,
  parseWorldPath,
} from "./schemas.ts";
import type { Json, JsonObject, WritePrefix } from "./schemas.ts";
import type { RunMode } from "./messages.ts";

/** What a client asks for, checked; the same over every transport. */
export interface RunRequest {
  readonly executionId: string;
  readonly mode: RunMode;
  readonly writePrefix: WritePrefix;
  readonly timeoutMs: number;
  /** Milliseconds that the handler has to return after it was told to stop. */
  readonly graceMs: number;
  readonly params: JsonObject;
}

/** A request as it arrives, under the names of either dialect. */
export interface RawRequest {
  readonly executionId: string;
  readonly mode: Json | undefined;
  readonly writePrefix: Json | undefined;
  readonly timeoutS: Json | undefined;
  readonly graceS?: Json | undefined;
  readonly inputs: Json | undefined;
}

/** Ids name folders and world paths. */
const MAX_ID = 120;
/** The longest delay that a timer takes. */
const MAX_TIMEOUT_S = 2_147_483;
/** Seconds that a handler has to return when its client does not say. */
const DEFAULT_GRACE_S = 1;

/** Checks a request. Throws a `Failure` that says what is wrong with it. */
export function readRunRequest(
  raw: RawRequest,
  defaultTimeoutS: number,
): RunRequest {
  return {
    executionId: readId(raw.executionId),
    mode: readMode(raw.mode),
    writePrefix: readPrefix(raw.writePrefix, raw.executionId),
    timeoutMs: readSeconds("timeout_s", raw.timeoutS ?? defaultTimeoutS) * 1000,
    graceMs: readSeconds("grace_s", raw.graceS ?? DEFAULT_GRACE_S) * 1000,
    params: readParams(raw.inputs ?? {}),
  };
}

function readId(id: string): string {
  if (id.length > MAX_ID) {
    throw badInputs(
      "execution id",
      id.slice(0, 40),
      `limit ${MAX_ID} characters`,
    );
  }
  const segment = parseWorldPath(`/artifacts/${id}`);
  if (id.isWellFormed() && !id.includes("/") && segment.ok) return id;
  throw badInputs("execution id", id, "it cannot be a segment of a world path");
}

/** Null counts as mock: what costs money is never a default. */
function readMode(mode: Json | undefined): RunMode {
  if (mode === undefined || mode === null || mode === "") return "mock";
  const known = typeof mode === "string" ? parseMode(mode) : undefined;
  if (known === "mock" || known === "real") return known;
  throw badInputs("mode", shown(mode), "expected mock or real");
}

function readPrefix(prefix: Json | undefined, id: string): WritePrefix {
  if (prefix !== undefined && typeof prefix !== "string") {
    throw badInputs("write_prefix", shown(prefix), "expected a text");
  }
  const template = prefix ?? "/artifacts/outputs/{execution_id}/";
  const result = expandWritePrefix(
    template.endsWith("/") ? template : `${template}/`,
    id,
  );
  if (result.ok) return result.path;
  throw new Failure(result.problem.code, result.problem.message);
}

function readSeconds(name: string, seconds: Json): number {
  if (typeof seconds === "number" && seconds > 0) {
    return Math.min(seconds, MAX_TIMEOUT_S);
  }
  throw badInputs(name, shown(seconds), "expected seconds above 0");
}

/** `params` of the document, or of the older form all of it. */
function readParams(inputs: Json): JsonObject {
  if (!isObject(inputs)) {
    throw badInputs("inputs", shown(inputs), "expected an object");
  }
  if (!Object.hasOwn(inputs, "params")) {
    const { schema: _schema, mode: _mode, ...params } = inputs;
    return params;
  }
  const params = inputs["params"];
  if (isObject(params)) return params;
  throw badInputs("params", shown(params ?? null), "expected an object");
}

function badInputs(what: string, value: string, found: string): Failure {
  return new Failure("ERR_INPUTS", `Cannot use ${what} "${value}": ${found}`);
}

function shown(value: Json): string {
  return JSON.stringify(value).slice(0, 40);
}

import type { Json, JsonObject } from "../../../schemas/mod.ts";
import { isObject } from "../../../schemas/mod.ts";
import type { Result } from "./task.ts";

/** A first frame that was understood. */
export interface Opened {
  readonly id: string;
  readonly role: string;
  readonly inputs: Json | undefined;
}

/** How a generation speaks. */
export interface Wire {
  readonly digest?: string;
  /** What a first frame asks for, or the code to close with. */
  readonly open: (frame: JsonObject) => Opened | 1002 | 1008;
  readonly ack: (id: string) => JsonObject;
  readonly last: (id: string, result: Result) => readonly JsonObject[];
  /** Whether a run that was preempted goes on nevertheless; with the others it ends, and is never answered. */
  readonly goesOn: boolean;
}

const ROLES: readonly unknown[] = ["client", "controller", "observer"];
const META = { env_fingerprint: "cpu:1;memory:2Gi" };

/** `RunOpen` with roles and a payload: protocols.md 3.2. */
function openNested(frame: JsonObject): Opened | 1002 | 1008 {
  const content = runOpen(frame);
  if (content === undefined) return 1002;
  const { role, execution_id: id, payload } = content;
  if (typeof id !== "string" || id.trim() === "" || !ROLES.includes(role)) {
    return 1008;
  }
  const inputs = isObject(payload) ? payload["inputs"] : undefined;
  return { id, role: String(role), inputs };
}

/** `RunOpen` that is the request itself: protocols.md 3.3. */
function openFlat(frame: JsonObject): Opened | 1002 | 1008 {
  const content = runOpen(frame);
  if (content === undefined) return 1002;
  const { run_id: id, inputs } = content;
  if (typeof id !== "string" || id.trim() === "") return 1008;
  return { id, role: "client", inputs };
}

function runOpen({ kind, content }: JsonObject): JsonObject | undefined {
  if (kind !== "RunOpen") return undefined;
  return isObject(content) ? content : {};
}

/** `Request`: protocols.md 3.4. */
function openRequest(frame: JsonObject): Opened | 1002 | 1008 {
  const { kind, control, inputs } = frame;
  if (kind !== "Request") return 1002;
  const id = isObject(control) ? control["run_id"] : undefined;
  if (typeof id !== "string" || id.trim() === "") return 1008;
  return { id, role: "client", inputs };
}

function listed(execution_id: string, result: Result): JsonObject {
  if (result.status === "error") {
    return { status: "error", execution_id, error: result.error, meta: {} };
  }
  const prefix = `/artifacts/outputs/x/${execution_id}/`;
  const outputs = [{ path: `${prefix}outputs/text/response.txt` }];
  const index_path = `${prefix}outputs.json`;
  return { status: "success", execution_id, outputs, index_path, meta: META };
}

function named(run_id: string, result: Result): JsonObject {
  if (result.status === "error") {
    return { status: "error", run_id, error: result.error, meta: {} };
  }
  const outputs = {
    response: `world://unknown/${run_id}/response?data=%22done%22`,
  };
  return { status: "success", run_id, outputs, meta: META };
}

function runResult(content: JsonObject): JsonObject {
  return { kind: "RunResult", content };
}

function response(run_id: string, result: Result): JsonObject {
  const { status } = result;
  const control = { run_id, status, cost_micro: 0, final: true };
  return result.status === "error"
    ? { kind: "Response", control, error: result.error }
    : { kind: "Response", control, outputs: { response: null, tokens: 5 } };
}

function completed({ status }: Result): readonly JsonObject[] {
  if (status === "error") return [];
  return [{ kind: "Event", content: { phase: "completed" } }];
}

const ack = (name: string) => (id: string): JsonObject => ({
  kind: "Ack",
  content: { [name]: id },
});

/** By generation. */
export const WIRES = {
  /** Answers twice, and tells leftovers in between; a preempted run goes on to its end. */
  G3a: {
    open: openNested,
    ack: ack("execution_id"),
    last(id, result) {
      const final = runResult(listed(id, result));
      return [final, ...completed(result), final];
    },
    goesOn: true,
  },
  G3b: {
    open: openNested,
    ack: ack("execution_id"),
    last: (id, result) => [
      ...completed(result),
      runResult(listed(id, result)),
    ],
    goesOn: false,
  },
  /** Tells its digest, as all do that are younger. */
  G3c: {
    digest: "sha256:3c",
    open: openNested,
    ack: ack("run_id"),
    last: (id, result) => [
      ...completed(result),
      runResult(listed(id, result)),
    ],
    goesOn: false,
  },
  G3e: {
    digest: "sha256:3e",
    open: openFlat,
    ack: ack("run_id"),
    last: (id, result) => [
      ...completed(result),
      runResult(named(id, result)),
    ],
    goesOn: false,
  },
  G4: {
    digest: "sha256:4",
    open: openRequest,
    ack: ack("run_id"),
    last: (id, result) => [...completed(result), response(id, result)],
    goesOn: false,
  },
} as const satisfies Readonly<Record<string, Wire>>;

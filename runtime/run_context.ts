import { Failure, isObject } from "./schemas.ts";
import type { Json, Run, RunAttachment, RunEvent } from "./schemas.ts";
import type { Assignment, AttachmentFile } from "./messages.ts";
import type { Outputs } from "./outputs.ts";

/** What a run's context is connected to. */
export interface RunHooks {
  readonly signal: AbortSignal;
  readonly onEvent: (event: RunEvent) => void;
  /** The handler called `run.fail`, whether or not it catches what that throws. */
  readonly onFail: (failure: Failure) => void;
}

/** Makes the `Run` that a handler is given. */
export function createRun(
  assignment: Assignment,
  outputs: Outputs,
  hooks: RunHooks,
): Run {
  const attachments = assignment.attachments.map(openAttachment);
  return {
    ref: assignment.ref,
    executionId: assignment.executionId,
    mode: assignment.mode,
    params: assignment.params,
    attachments,
    attachment: (value) => findAttachment(value, attachments),
    write: outputs.write,
    secret: (name) =>
      Object.hasOwn(assignment.secrets, name)
        ? assignment.secrets[name]
        : undefined,
    signal: hooks.signal,
    ...tellers(hooks),
  };
}

function tellers(
  { onEvent, onFail }: RunHooks,
): Pick<Run, "token" | "emit" | "log" | "fail"> {
  return {
    token: (text) => onEvent({ kind: "Token", content: { text: `${text}` } }),
    emit(name, fields) {
      const phase = textOf(name, "emit");
      onEvent({ kind: "Event", content: { ...asJson(fields), phase } });
    },
    log(message, fields) {
      const msg = textOf(message, "log");
      onEvent({ kind: "Log", content: { ...asJson(fields), msg } });
    },
    fail(code, message, details) {
      const failure = new Failure(
        code,
        message,
        details === undefined ? {} : { details: asJson(details) },
      );
      onFail(failure);
      throw failure;
    },
  };
}

/** A frame has room for a text alone: what is none fails here, in the handler, not at the client. */
function textOf(value: unknown, of: "emit" | "log"): string {
  if (typeof value === "string") return value;
  const found = value === null ? "null" : typeof value;
  throw new TypeError(
    `Cannot ${of} "${found}": expected a text, and what else there is to tell as the second argument`,
  );
}

/** What has no JSON form fails here, in the handler, not on the way to the client. */
function asJson<T extends Json | undefined>(value: T): T {
  return value === undefined ? value : JSON.parse(JSON.stringify(value));
}

function openAttachment(file: AttachmentFile): RunAttachment {
  return {
    ...file,
    bytes: () => Deno.readFile(file.file),
    text: () => Deno.readTextFile(file.file),
  };
}

function findAttachment(
  value: Json | undefined,
  attachments: readonly RunAttachment[],
): RunAttachment | undefined {
  if (!isObject(value)) return undefined;
  return attachments.find((each) =>
    each.path === value["$artifact"] && each.cid === value["cid"]
  );
}

import type { JsonObject, RunEvent, WritePrefix } from "../../schemas/mod.ts";
import { Failure } from "../../schemas/mod.ts";
import type {
  Transport,
  TransportRequest,
  TransportResponse,
} from "../../adapters/mod.ts";
import type { Without } from "./transport_conformance.ts";

/** A transport under test, and the processors that it is to talk to. */
export interface TransportSubject {
  readonly transport: Transport;
  /** Path below a processor's URL that takes runs. */
  readonly path: string;
  /** Whether health is asked for. */
  readonly asksHealth: boolean;
  /** The events of the task `echo` with a text; none where the protocol has none. */
  readonly events: (text: string) => readonly RunEvent[];
  /** Claims that are not true of it, with the reasons. */
  readonly without?: Without;
  /** Starts a processor that does the tasks of originals/task.ts. */
  readonly open: () => Promise<Processor>;
}

export interface Processor extends AsyncDisposable {
  readonly url: string;
  readonly token?: string;
  /** Resolves when a run was ended there because it was cancelled; missing where nobody can ask for it. */
  readonly preempted?: () => Promise<unknown>;
}

/** A run of a task. */
export function requestOf(
  { path, asksHealth }: TransportSubject,
  { url, token }: { readonly url: string; readonly token?: string },
  params: JsonObject,
): TransportRequest {
  return {
    url: new URL(path, url).href,
    ...(token === undefined ? {} : { token }),
    ...(asksHealth ? { healthUrl: new URL("/healthz", url).href } : {}),
    executionId: "R1",
    mode: "mock",
    inputs: { schema: "v1", params },
    writePrefix: "/artifacts/outputs/x/R1/" as WritePrefix,
    timeoutS: 60,
    graceMs: 5000,
  };
}

/** A run under way. */
export interface Running {
  readonly response: Promise<TransportResponse>;
  readonly events: RunEvent[];
  readonly controller: AbortController;
  /** Resolves when the first event has come. */
  readonly begun: Promise<void>;
}

export function start(
  { transport }: Pick<TransportSubject, "transport">,
  request: TransportRequest,
  controller: AbortController = new AbortController(),
): Running {
  const events: RunEvent[] = [];
  const begun = Promise.withResolvers<void>();
  const response = transport.run(request, {
    signal: controller.signal,
    onEvent(event) {
      events.push(event);
      begun.resolve();
    },
  });
  return { response, events, controller, begun: begun.promise };
}

/** The code that a run ended with, whether the processor said it or the transport found it. */
export async function endOf(
  response: Promise<TransportResponse>,
): Promise<string> {
  try {
    const said = await response;
    return said.status === "success" ? "success" : said.error.code;
  } catch (error) {
    if (error instanceof Failure) return error.code;
    throw error;
  }
}

/** The code of the failure that a transport found. */
export async function failureOf(
  response: Promise<TransportResponse>,
): Promise<string> {
  try {
    return `no failure, but ${JSON.stringify(await response)}`;
  } catch (error) {
    if (error instanceof Failure) return error.code;
    throw error;
  }
}

import type { RunEvent } from "../../schemas/mod.ts";
import type { TransportRequest, TransportResponse } from "../ports.ts";

/** One of the languages that processors speak below the one subprotocol (protocols.md 3). */
export interface Dialect {
  /** The first frame of a run, as text. */
  readonly first: (request: TransportRequest) => string;
  /** Reads one message of the processor; throws `ERR_BAD_RESPONSE` when it is none of the dialect. */
  readonly read: (data: unknown, runId: string) => Received;
  /**
   * Whether the final frame is the last one. Older servers send it again, and events after it: with those the
   * first one ends the conversation.
   */
  readonly endsWithFinal: boolean;
  /** Asks for the end of a run by a frame; answers how to give up asking, where that takes a connection of its own. */
  readonly preempt: (
    request: TransportRequest,
    socket: WebSocket,
    frame: string,
  ) => (() => void) | void;
  /** The phase of the event that may be the last word on a run that was preempted. */
  readonly lastPhase?: string;
}

/** What a frame of a processor means to its client. */
export type Received =
  | { readonly kind: "ack" }
  | { readonly kind: "event"; readonly event: RunEvent }
  /** Nothing to act on, as a `Response` that is not the final one: its content comes again in the final one. */
  | { readonly kind: "partial" }
  | { readonly kind: "final"; readonly response: TransportResponse };

import type { Json, JsonObject } from "./json.ts";
import type { Mode } from "./mode.ts";

/** The WebSocket subprotocol of a processor (protocols.md 3). */
export const SUBPROTOCOL = "theory.run.v1";

/**
 * The same subprotocol for whoever means a processor of one digest alone: a server takes it when it runs that and is
 * not ending, and refuses the handshake otherwise.
 */
export function subprotocolOf(digest: string): string {
  return `${SUBPROTOCOL}+${digest.replaceAll(/[^\w.-]/g, "-")}`;
}

/** Close codes: 1002 a wrong first frame, 1008 no `run_id`, 1009 too large, 1000 after the final frame. */
export const CLOSE = {
  normal: 1000,
  protocol: 1002,
  policy: 1008,
  tooLarge: 1009,
} as const;

/** Largest frame either side takes, in bytes. */
export const MAX_FRAME_BYTES = 32 * 1024 * 1024;

/** First frame, client to server (Request/Response dialect, protocols.md 3.4). */
export interface RequestFrame {
  readonly kind: "Request";
  readonly control: {
    readonly run_id: string;
    readonly mode: Exclude<Mode, "smoke">;
    /** Expanded write prefix; outputs land under it. Default `/artifacts/outputs/<run_id>/`. */
    readonly write_prefix?: string;
    /** Seconds until the server ends the run with `ERR_RUN_TIMEOUT`. */
    readonly timeout_s?: number;
    /** Seconds that the handler has to return once the run was cancelled or its time is over. Default 1. */
    readonly grace_s?: number;
  };
  /** `{schema: "v1", params: {…}}`, attachments rewritten to `$artifact` objects. */
  readonly inputs: JsonObject;
  readonly outputs?: JsonObject;
}

/** Later frame, client to server: ends the run, which is then answered with `ERR_PREEMPTED`. */
export interface ControlFrame {
  readonly kind: "control";
  readonly content: {
    readonly op: "preempt";
    readonly reason?: string;
    /** The handler is not waited for, whatever `grace_s` says. May come after a preempt without it. */
    readonly at_once?: boolean;
  };
}

/** Server to client. The first is `Ack`, the last the final `Response`. */
export type ServerFrame =
  | { readonly kind: "Ack"; readonly content: { readonly run_id: string } }
  | RunEvent
  | ResponseFrame;

/** What a run tells while it goes on. */
export type RunEvent =
  | {
    readonly kind: "Event";
    readonly content: { readonly phase: string } & JsonObject;
  }
  | { readonly kind: "Token"; readonly content: { readonly text: string } }
  | {
    readonly kind: "Log";
    readonly content: { readonly msg: string } & JsonObject;
  };

export interface ResponseFrame {
  readonly kind: "Response";
  readonly control: {
    readonly run_id: string;
    readonly status: "success" | "error";
    readonly final: true;
    readonly cost_micro: number;
  };
  /** World paths of what was written, by declared name; not trusted, outputs are collected. */
  readonly outputs?: JsonObject;
  readonly error?: {
    readonly code: string;
    readonly message: string;
    readonly details?: Json;
  };
}

/**
 * What a sandbox server is told on the first line of its standard input, as one line of JSON. The token is
 * not in its arguments or environment, where other users of the machine could read it.
 */
export interface ServerConfig {
  readonly ref: string;
  /** The registry entry, normalised (entry.ts). */
  readonly entry: JsonObject;
  /** `file:` URL of the handler module for each mode. */
  readonly handlers: { readonly mock: string; readonly real: string };
  /** Address to listen on; port 0 takes a free one. */
  readonly hostname: string;
  readonly port: number;
  /** Every request needs `Authorization: Bearer <token>`; without one, all are answered. */
  readonly token?: string;
  /** Folder that holds one folder per run ({@linkcode runFolderName}), which is that run's `/artifacts/`. */
  readonly runsDir: string;
  /** Folder of content by cid (`<hex[0..2]>/<hex>`), for `$artifact` inputs; read-only to runs. */
  readonly objectsDir?: string;
  /** File that log lines are appended to (NDJSON); without one they go to stderr. */
  readonly logFile?: string;
  /** Hosts (`host` or `host:port`) that real runs may reach, templates resolved. */
  readonly allowNet: readonly string[];
  /** Names of secrets that real runs may read. */
  readonly secrets: readonly string[];
  /**
   * End when standard input ends, and remove `runsDir`: an ephemeral server must not outlive the
   * command, and must leave nothing when the command was killed.
   */
  readonly endWithStdin: boolean;
  /**
   * End the same way unless the line `keep` came before the end of standard input: whoever starts an instance
   * says so once it is recorded, and an instance that nobody can find must not be left when they are killed.
   */
  readonly awaitKeep?: boolean;
  /** What `/healthz` says is running. */
  readonly digest: string;
}

/** The one line that a sandbox server prints on standard output, once it listens. */
export interface ServerReady {
  readonly ready: { readonly port: number; readonly pid: number };
}

export { runFolderName } from "./run_folder.ts";

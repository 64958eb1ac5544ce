import type { FileState } from "../schemas/mod.ts";
import type { CommandSettings } from "./settings/open_settings.ts";

/** Everything a command may touch, handed in as one value: the real one by main.ts, a plain object by tests. */
export interface World {
  readonly args: readonly string[];
  readonly stdin: Input;
  /** Results alone. */
  readonly stdout: Output;
  /** Progress, logs, hints, errors. */
  readonly stderr: Output;
  /** The value of an environment name; undefined also when it may not be read. */
  readonly env: (name: string) => string | undefined;
  /** Absolute working folder. */
  readonly cwd: string;
  readonly clock: Clock;
  readonly files: Files;
  /** A fresh random UUID. */
  readonly uuid: () => string;
  /** Aborted by the first Ctrl-C, SIGTERM or SIGHUP; its reason is the signal's exit code. */
  readonly interrupted: AbortSignal;
  /**
   * Aborted by the second. The command is over when its listeners return: what they do at once is done, for
   * instance killing a child or removing a file, and nothing is waited for.
   */
  readonly killed: AbortSignal;
  readonly permissions: PermissionGate;
  readonly toolkit: Toolkit;
  /** What the settings of the working folder say, when there are any. */
  readonly settings?: CommandSettings;
}

/** What declaring permissions may look at. */
export type Surroundings = Pick<World, "env" | "toolkit" | "settings">;

export interface Input {
  readonly stream: () => ReadableStream<Uint8Array>;
  readonly isTerminal: boolean;
}

export interface Output {
  /**
   * Writes all of a text; a reader that went away is no error. Throws `ERR_SAVE` on standard output when the system
   * takes no more.
   */
  readonly write: (text: string) => void;
  /**
   * Writes bytes after those before, for what may be more than a reader takes at once: signals are heard meanwhile.
   * Answers whether the reader is still there. Rejects when the command is interrupted and nobody reads; what is
   * written from then on is lost.
   */
  readonly send: (bytes: Uint8Array) => Promise<boolean>;
  readonly isTerminal: boolean;
  /** Terminal that takes colours, `NO_COLOR` unset. */
  readonly color: boolean;
  /** Terminal on which a line can be drawn anew: `TERM` is not `dumb`. */
  readonly redraws: boolean;
  /** Columns of the terminal now; 80 where there is none. */
  readonly columns: () => number;
}

export interface Clock {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Milliseconds that only grow. */
  readonly monotonic: () => number;
}

export interface Files {
  /** At most `limit` bytes and one more, so that the caller sees that there are more. */
  readonly read: (path: string, limit: number) => Promise<Uint8Array>;
  readonly readText: (path: string) => Promise<string>;
  readonly probe: (path: string) => FileState;
  /** Writes a new file, folders included; refuses one that exists with `Deno.errors.AlreadyExists`. */
  readonly create: (path: string, text: string) => Promise<void>;
  /** Writes over a file at once, its mode kept; takes the right to write {@linkcode stagedName} too. */
  readonly replace: (path: string, text: string) => Promise<void>;
}

/** What main.ts knows about the program itself. */
export interface Toolkit {
  /** How it was called: `file`, or the name it was installed as. */
  readonly program: string;
  readonly version: string;
  /** Folder of the main module. */
  readonly dir: string;
  /** The main module's name there: `main.ts`, in a release `main.js`. */
  readonly file: string;
  /** The Deno program. */
  readonly deno: string;
}

export interface PermissionGate {
  readonly granted: (permission: Permission) => Promise<boolean>;
  /** Asks on the terminal. */
  readonly ask: (permission: Permission) => Promise<boolean>;
  /** Whether more is granted than a set, as far as asking tells. */
  readonly exceeds: (permissions: Permissions) => Promise<boolean>;
}

/** One permission as Deno names it. */
export interface Permission {
  readonly name: "read" | "write" | "net" | "run" | "env";
  /** Path, host with or without port, program or environment name. */
  readonly value: string;
}

/** The permissions of one command line, by kind. */
export interface Permissions {
  readonly read?: readonly string[];
  readonly write?: readonly string[];
  readonly net?: readonly string[];
  readonly run?: readonly string[];
  readonly env?: readonly string[];
}

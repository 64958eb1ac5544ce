import type {
  Cid,
  FileState,
  JsonObject,
  RegistryView,
} from "../schemas/mod.ts";
import type { FlagShape } from "../schemas/checker.ts";

/**
 * What the server may ask of the world, handed in as one value: files by the command line, a virtual folder by
 * the page in a browser, a plain object by tests. What is not there is not offered.
 */
export interface Host {
  readonly files: HostFiles;
  /** The processors that documents in a folder can name; a view of the moment, so ask again after a change. */
  readonly registry: (settings: RegistryPlace) => HostRegistry;
  /** Milliseconds that only grow. */
  readonly monotonic: () => number;
  /** The complete command line of an argument list, for people to type. */
  readonly commandLine: (words: readonly string[]) => string;
  /** Runs the toolkit itself, in mock mode; missing when the server has no permission to. */
  readonly runMock?: (request: MockRequest) => Promise<MockAnswer>;
  /** The flags of all commands, for the defaults of settings; missing where there are no commands. */
  readonly flags?: readonly FlagShape[];
  /** What the server has been granted, as flags of Deno, for people to read. */
  readonly permissions?: readonly string[];
  /** Address of the page that explains a code. */
  readonly docs?: (code: string) => string;
  readonly version: string;
}

/** Where registry entries are looked for beside the shipped ones: absolute folders, the first one wins. */
export interface RegistryPlace {
  readonly roots: readonly string[];
}

/** Files by absolute path, in the form of the machine. Nothing throws: what cannot be read is not there. */
export interface HostFiles {
  /** What is at a path. Answers at once. */
  readonly probe: (path: string) => FileState;
  /** The text of a small file, at most 1 MiB; undefined when there is none. Answers at once. */
  readonly text: (path: string) => string | undefined;
  /** What a folder holds, sorted by name; empty when it cannot be read. */
  readonly list: (
    dir: string,
  ) => readonly { readonly name: string; readonly isFolder: boolean }[];
  /** The first bytes of a file. */
  readonly head: (
    path: string,
    bytes: number,
  ) => Promise<Uint8Array | undefined>;
  /** The cid exactly as a run computes it. */
  readonly cid: (path: string, signal: AbortSignal) => Promise<
    Cid | undefined
  >;
}

/** The entries that count, with what is needed to show them. */
export interface HostRegistry extends RegistryView {
  /** One line on what a processor does. */
  title(ref: string): string | undefined;
  /** Absolute path of the document of an entry. */
  file(ref: string): string | undefined;
}

/** What a mock run is given: the document as it is in the editor, not the file, which may not be saved. */
export interface MockRequest {
  /** The document as JSON, without what it says of attachments. */
  readonly text: string;
  /** Absolute folder of the document. */
  readonly dir: string;
  readonly ref: string;
  /** The attachments that it uses, with absolute paths. */
  readonly attachments: ReadonlyMap<string, string>;
  readonly signal: AbortSignal;
}

export interface MockAnswer {
  /** Exit code of the run. */
  readonly code: number;
  /** The envelope, when one was printed. */
  readonly envelope?: JsonObject;
  readonly stderr: string;
}

import type { JsonObject } from "./json.ts";

/** A registry entry in its one normal form, whatever historic form its `registry.yaml` has. */
export interface Entry {
  readonly ref: string;
  readonly title?: string;
  readonly description?: string;
  readonly enabled: boolean;
  readonly image: EntryImage;
  readonly runtime: EntryRuntime;
  readonly secrets: {
    readonly required: readonly string[];
    readonly optional: readonly string[];
  };
  /** Draft-07 schema of the inputs document (with `params`), as written. */
  readonly inputs: JsonObject;
  readonly outputs: readonly DeclaredOutput[];
  readonly api: {
    readonly protocol: Protocol;
    readonly path: string;
    readonly healthz: string;
  };
  /** `host`, `host:port`, `*.host`, or `$NAME`: the host of the URL in that environment name. */
  readonly network: { readonly allow: readonly string[] };
  /** What one run may write, where the entry says so. */
  readonly limits?: EntryLimits;
  /** Handler modules for the sandbox, relative to the entry; missing when only an image exists. */
  readonly handler?: { readonly mock: string; readonly real: string };
}

export type Protocol = "ws" | "http" | "file";

export interface EntryImage {
  /** Reference by platform, `repository@sha256:…` when pinned. */
  readonly platforms: { readonly amd64?: string; readonly arm64?: string };
  /** The older single reference. */
  readonly oci?: string;
  readonly build?: {
    readonly context: string;
    readonly dockerfile: string;
    readonly port: number;
  };
}

export interface EntryRuntime {
  /** Cores. Default 1. */
  readonly cpu: number;
  /** Gigabytes (2^30). Default 2. */
  readonly memoryGb: number;
  /** Seconds for one run. Default 600. */
  readonly timeoutS: number;
  /** GPU type, or null. */
  readonly gpu: string | null;
}

export interface EntryLimits {
  /** Bytes of all outputs together. */
  readonly outputBytes?: number;
  /** Bytes of each output. */
  readonly fileBytes?: number;
}

export interface DeclaredOutput {
  /** The key in the object form, the path in the list form. */
  readonly name: string;
  /** Relative to the write prefix; one that ends in `/` stands for any files below it. */
  readonly path: string;
  readonly mime: string;
  readonly description?: string;
  /** Whether a successful run must have written it. */
  readonly required: boolean;
  /** JSON Schema of its content, for JSON outputs of the object form. */
  readonly schema?: JsonObject;
}

/** The digest of the image that `mock` envelopes name, the same on every machine. */
export function canonicalDigest(entry: Entry): string {
  const reference = entry.image.platforms.amd64 ??
    entry.image.platforms.arm64 ?? entry.image.oci;
  return reference === undefined
    ? UNPINNED
    : pinnedDigest(reference) ?? UNPINNED;
}

/** What stands for a digest where an entry has none. */
export const UNPINNED = "unpinned";

/** `sha256:…` of a pinned reference; undefined for tags and for `REPLACE_…` stand-ins. */
export function pinnedDigest(reference: string): string | undefined {
  return /@(sha256:[0-9a-f]{64})$/.exec(reference)?.[1];
}

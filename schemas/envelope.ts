import canonicalize from "canonicalize";
import type { Cid } from "./cid.ts";
import type { Json, JsonObject } from "./json.ts";
import type { Mode } from "./mode.ts";

/** The answer of a run. Its canonical bytes are RFC 8785, see {@linkcode canonicalJson}. */
export type Envelope = SuccessEnvelope | ErrorEnvelope;

export interface SuccessEnvelope {
  readonly status: "success";
  readonly execution_id: string;
  /** Sorted by path, code point by code point. */
  readonly outputs: readonly OutputRecord[];
  /** World path of the index artifact. */
  readonly index_path: string;
  readonly meta: EnvelopeMeta & {
    readonly image_digest: string;
    readonly duration_ms: number;
  };
}

export interface ErrorEnvelope {
  readonly status: "error";
  /** Empty when the mistake was found before an execution had an id. */
  readonly execution_id: string;
  readonly error: EnvelopeError;
  readonly meta: EnvelopeMeta;
}

export interface OutputRecord {
  /** World path. */
  readonly path: string;
  readonly cid: Cid;
  readonly size_bytes: number;
  readonly mime: string;
}

export interface EnvelopeError {
  /** A code of the catalogue, or the processor's own (`ERR_…`). */
  readonly code: string;
  readonly message: string;
  readonly details?: Json;
}

export interface EnvelopeMeta {
  /** See {@linkcode envFingerprint}. */
  readonly env_fingerprint: string;
  readonly processor_ref?: string;
  readonly mode?: Mode;
  readonly image_digest?: string;
  /** 0 in `mock` and `smoke`. */
  readonly duration_ms?: number;
}

/** What the fingerprint is made of. Names of secrets only, never values. */
export interface Fingerprint {
  /** Left out in `mock`, where the envelope is the same everywhere. */
  readonly adapter?: string;
  readonly imageDigest: string;
  readonly cpu: number;
  readonly memoryGb: number;
  readonly timeoutS: number;
  readonly presentEnvKeys: readonly string[];
}

/** `adapter=…,image_digest=…,cpu=…,memory_gb=…,timeout_s=…,snapshot=off,present_env_keys=[A,B]` */
export function envFingerprint(parts: Fingerprint): string {
  return [
    ...(parts.adapter === undefined ? [] : [`adapter=${parts.adapter}`]),
    `image_digest=${parts.imageDigest}`,
    `cpu=${parts.cpu}`,
    `memory_gb=${parts.memoryGb}`,
    `timeout_s=${parts.timeoutS}`,
    "snapshot=off",
    `present_env_keys=[${[...parts.presentEnvKeys].sort().join(",")}]`,
  ].join(",");
}

/** Canonical JSON (RFC 8785), without a newline. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) {
    throw new TypeError("Cannot write value as JSON: it has no JSON form");
  }
  return text;
}

/** Sorts outputs as envelopes and indexes do: by path, by code point. */
export function sortOutputs(
  outputs: readonly OutputRecord[],
): readonly OutputRecord[] {
  return [...outputs].sort((a, b) => compareCodePoints(a.path, b.path));
}

/** Order by code point, which is not that of `<` for characters beyond U+FFFF. */
export function compareCodePoints(a: string, b: string): number {
  const [left, right] = [[...a], [...b]];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const difference = (left[i]?.codePointAt(0) ?? 0) -
      (right[i]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** World path of the index of an execution. */
export function indexPath(executionId: string): string {
  return `/artifacts/execution/${executionId}/outputs.json`;
}

/** Bytes of the index artifact: `{"outputs":[…]}`, canonical, no trailing newline. */
export function indexJson(outputs: readonly OutputRecord[]): string {
  return canonicalJson({ outputs: sortOutputs(outputs) });
}

/** An envelope received from elsewhere, if it has the shape of one. */
export function isErrorShape(value: JsonObject): boolean {
  const error = value["error"];
  return value["status"] === "error" && typeof error === "object" &&
    error !== null;
}

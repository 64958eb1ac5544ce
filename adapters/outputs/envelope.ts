import type {
  EnvelopeError,
  EnvelopeMeta,
  ErrorEnvelope,
  OutputRecord,
  SuccessEnvelope,
} from "../../schemas/mod.ts";
import {
  canonicalDigest,
  envFingerprint,
  Failure,
  indexPath,
  isHermetic,
  sortOutputs,
} from "../../schemas/mod.ts";
import type { Invocation, SnapshotEntry } from "../ports.ts";

/** What an adapter knows about how a run went. `mock` and `smoke` envelopes show none of it. */
export interface RunFacts {
  /** The adapter's name in the fingerprint. */
  readonly adapter: string;
  readonly durationMs: number;
  /** Digest of what ran. */
  readonly imageDigest: string;
  /** Names of the secrets that the processor had; never values. */
  readonly presentEnvKeys: readonly string[];
}

/** The answer of a run that went well; its outputs are in the store, with the index beside them. */
export function successEnvelope(
  invocation: Invocation,
  outputs: readonly OutputRecord[],
  facts: RunFacts,
): SuccessEnvelope {
  return {
    status: "success",
    execution_id: invocation.executionId,
    outputs: sortOutputs(outputs),
    index_path: indexPath(invocation.executionId),
    meta: metaOf(invocation, facts),
  };
}

/** The answer of a run that failed in the processor or by what it wrote. */
export function errorEnvelope(
  invocation: Invocation,
  error: EnvelopeError,
  facts: RunFacts,
): ErrorEnvelope {
  return {
    status: "error",
    execution_id: invocation.executionId,
    error,
    meta: metaOf(invocation, facts),
  };
}

/** The processor that an invocation names, as its snapshot has it. */
export function invokedProcessor(invocation: Invocation): SnapshotEntry {
  const { processorRef, registrySnapshot } = invocation;
  const { processors } = registrySnapshot;
  const found = Object.hasOwn(processors, processorRef)
    ? processors[processorRef]
    : undefined;
  if (found === undefined) {
    throw new Failure(
      "ERR_REF_UNKNOWN",
      `Cannot run "${processorRef}": the registry snapshot does not hold it`,
    );
  }
  return found;
}

function metaOf(
  invocation: Invocation,
  facts: RunFacts,
): EnvelopeMeta & SuccessEnvelope["meta"] {
  const { entry } = invokedProcessor(invocation);
  const hermetic = isHermetic(invocation.mode);
  const imageDigest = hermetic ? canonicalDigest(entry) : facts.imageDigest;
  const { cpu, memoryGb, timeoutS } = entry.runtime;
  return {
    env_fingerprint: envFingerprint({
      ...(hermetic ? {} : { adapter: facts.adapter }),
      imageDigest,
      cpu,
      memoryGb,
      timeoutS: hermetic
        ? timeoutS
        : invocation.adapterOpts.timeoutS ?? timeoutS,
      presentEnvKeys: hermetic ? [] : facts.presentEnvKeys,
    }),
    processor_ref: invocation.processorRef,
    mode: invocation.mode,
    image_digest: imageDigest,
    duration_ms: hermetic ? 0 : facts.durationMs,
  };
}

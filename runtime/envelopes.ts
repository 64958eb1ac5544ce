import { fileOf } from "./outputs.ts";
import type { RunMode, WrittenOutput } from "./messages.ts";
import type { RunHostOptions, RunOutcome } from "./run_host.ts";
import { canonicalDigest } from "./schemas.ts";
import type {
  Envelope,
  EnvelopeError,
  EnvelopeMeta,
  OutputRecord,
} from "./schemas.ts";

/** What an envelope is about. */
export interface Finished {
  /** Empty when the request named none. */
  readonly executionId: string;
  /** Unknown when the request was not understood. */
  readonly mode?: RunMode;
  readonly durationMs: number;
}

/**
 * The envelope of a run, for the transports that carry one. On success hashes the outputs and writes the
 * index beside them. WebSocket runs do without: who asked collects the files.
 */
export async function envelopeOf(
  outcome: RunOutcome,
  finished: Finished,
  server: RunHostOptions,
): Promise<Envelope> {
  if (outcome.status === "error") {
    return await errorEnvelope(outcome.error, finished, server);
  }
  const { indexJson, indexPath, sortOutputs } = await import(
    "../schemas/envelope.ts"
  );
  const { executionId: execution_id } = finished;
  const outputs = sortOutputs(await recordOutputs(outcome));
  const index_path = indexPath(execution_id);
  await writeIndex(fileOf(index_path, outcome.runDir), indexJson(outputs));
  const meta = {
    ...await metaOf(finished, server),
    image_digest: digestOf(finished, server),
    duration_ms: finished.mode === "real" ? finished.durationMs : 0,
  };
  return { status: "success", execution_id, outputs, index_path, meta };
}

/** An error envelope. */
export async function errorEnvelope(
  error: EnvelopeError,
  finished: Finished,
  server: RunHostOptions,
): Promise<Envelope> {
  const meta = await metaOf(finished, server);
  const { executionId: execution_id } = finished;
  return { status: "error", execution_id, error, meta };
}

/** An envelope's canonical text. */
export async function envelopeText(envelope: Envelope): Promise<string> {
  const { canonicalJson } = await import("../schemas/envelope.ts");
  return canonicalJson(envelope);
}

async function metaOf(
  finished: Finished,
  server: RunHostOptions,
): Promise<EnvelopeMeta> {
  const { envFingerprint } = await import("../schemas/envelope.ts");
  const { runtime, ref } = server.entry;
  const { mode } = finished;
  const env_fingerprint = envFingerprint({
    imageDigest: digestOf(finished, server),
    cpu: runtime.cpu,
    memoryGb: runtime.memoryGb,
    timeoutS: runtime.timeoutS,
    presentEnvKeys: mode === "real" ? Object.keys(server.secrets) : [],
  });
  return {
    env_fingerprint,
    processor_ref: ref,
    ...(mode === undefined ? {} : { mode }),
  };
}

/** A mock answers the same wherever it runs, so it names the entry's digest. */
function digestOf({ mode }: Finished, server: RunHostOptions): string {
  return mode === "real" ? server.config.digest : canonicalDigest(server.entry);
}

async function recordOutputs(
  { outputs, runDir }: RunOutcome & { readonly status: "success" },
): Promise<readonly OutputRecord[]> {
  const records: OutputRecord[] = [];
  for (const output of outputs) {
    records.push(await recordOutput(output, runDir));
  }
  return records;
}

async function recordOutput(
  { path, mime }: WrittenOutput,
  runDir: string,
): Promise<OutputRecord> {
  const { createHasher } = await import("../schemas/cid.ts");
  const hasher = await createHasher();
  using file = await Deno.open(fileOf(path, runDir));
  let size_bytes = 0;
  for await (const bytes of file.readable) {
    hasher.update(bytes);
    size_bytes += bytes.length;
  }
  return { path, cid: hasher.cid(), size_bytes, mime };
}

async function writeIndex(file: string, text: string): Promise<void> {
  await Deno.mkdir(file.slice(0, file.lastIndexOf("/")), { recursive: true });
  await Deno.writeTextFile(file, text, { mode: 0o600 });
}

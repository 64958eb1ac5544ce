import { Failure } from "../../schemas/mod.ts";
import type { LogOptions } from "../ports.ts";
import { placeOf } from "../sandbox/place.ts";
import { readRecord } from "../sandbox/record.ts";
import { inspected } from "./container_status.ts";
import { demultiplexed } from "./demultiplex.ts";
import type { Container, LogStream } from "./docker_api.ts";
import { openEngine } from "./open_engine.ts";
import { isOfOther, onOther } from "./other_engine.ts";
import type { ContainerParts } from "./parts.ts";
import { secretsIn } from "./secret_values.ts";

/**
 * Lines of the log of a ref's container, on both streams, without the secrets that it was given. With `follow` until it
 * ends or the signal is aborted.
 */
export async function* containerLogs(
  parts: ContainerParts,
  ref: string,
  options: LogOptions,
): AsyncGenerator<string> {
  const { record: file } = placeOf(parts.stateDir, ref);
  const record = readRecord(file);
  if (record?.container === undefined) throw neverStarted(ref);
  const { docker, address } = await openEngine(parts);
  const { id } = record.container;
  const found = await inspected(docker, id);
  if (found === undefined) {
    throw isOfOther(record.container, address)
      ? onOther({ ...record.container, ref, file }, address)
      : removed(ref);
  }
  const container = docker.getContainer(id);
  const secrets = secretsIn(found, record.secrets);
  const { tail = Infinity, follow } = options;
  const whole = follow && tail === Infinity
    ? []
    : await wholeLog(container, { ...options, secrets });
  const skipped = Math.max(0, whole.length - tail);
  if (!follow) return yield* whole.slice(skipped);
  let index = 0;
  for await (const line of followed(container, { ...options, secrets })) {
    if (index++ >= skipped) yield line;
  }
}

interface Hidden {
  /** Values that are not shown. */
  readonly secrets: readonly string[];
}

/**
 * All lines of a log so far. Their number is counted here: Podman loses lines that were written in pieces when it is
 * asked for the last ones.
 */
export async function wholeLog(
  container: Pick<Container, "logs">,
  { since, secrets }: Pick<LogOptions, "since"> & Hidden,
): Promise<readonly string[]> {
  const options = { ...requestOf(since), follow: false } as const;
  const said: unknown = await container.logs(options);
  // Podman says something else of a container that is just being removed.
  if (!(said instanceof Uint8Array)) return [];
  return await Array.fromAsync(demultiplexed([said], secrets));
}

async function* followed(
  container: Pick<Container, "logs">,
  { since, signal, secrets }: LogOptions & Hidden,
): AsyncGenerator<string> {
  const options = { ...requestOf(since), follow: true } as const;
  const stream = await container.logs(options);
  yield* demultiplexed(untilAborted(stream, signal), secrets);
}

function requestOf(since: string | undefined) {
  return {
    stdout: true,
    stderr: true,
    ...(since === undefined
      ? {}
      : { since: (Date.parse(since) / 1000).toFixed(3) }),
  } as const;
}

async function* untilAborted(
  stream: LogStream,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const end = () => void stream.destroy();
  signal.addEventListener("abort", end, { once: true });
  if (signal.aborted) end();
  try {
    yield* stream;
  } catch (error) {
    // What is destroyed ends too early, as it was meant to.
    if (!signal.aborted) throw error;
  } finally {
    signal.removeEventListener("abort", end);
    end();
  }
}

function neverStarted(ref: string): Failure {
  return new Failure(
    "ERR_NOT_RUNNING",
    `Cannot show the log of "${ref}": it was never started here`,
    { hint: `localctl start --ref ${ref}` },
  );
}

function removed(ref: string): Failure {
  return new Failure(
    "ERR_NOT_RUNNING",
    `Cannot show the log of "${ref}": somebody removed its container`,
    { hint: `localctl start --ref ${ref}` },
  );
}

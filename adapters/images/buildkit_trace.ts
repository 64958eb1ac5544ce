/** What a message of BuildKit tells of its steps. */
export interface BuildTrace {
  readonly steps: readonly TracedStep[];
  readonly logs: readonly TracedLog[];
}

export interface TracedStep {
  /** `[2/9] RUN …`, or of BuildKit's own: `[internal] load …`. */
  readonly name: string;
  readonly cached: boolean;
  readonly started: boolean;
  readonly error: string;
}

export interface TracedLog {
  /** Digest of its step. */
  readonly step: string;
  readonly text: string;
}

type Field = { readonly id: number; readonly value: Uint8Array | bigint };

/**
 * Reads a message `moby.buildkit.trace`: Base64 of a `StatusResponse` in the format of Protocol Buffers.
 * Fields: https://github.com/moby/buildkit/blob/master/api/services/control/control.proto
 */
export function buildTrace(base64: string): BuildTrace {
  const all = [...fields(Uint8Array.fromBase64(base64))];
  return {
    steps: messages(all, 1).map(stepOf),
    logs: messages(all, 3).map((log) => ({
      step: text(log, 1),
      text: text(log, 4),
    })),
  };
}

function stepOf(vertex: readonly Field[]): TracedStep {
  return {
    name: text(vertex, 3),
    cached: vertex.some(({ id, value }) => id === 4 && value === 1n),
    started: vertex.some(({ id }) => id === 5),
    error: text(vertex, 7),
  };
}

function messages(
  all: readonly Field[],
  id: number,
): readonly (readonly Field[])[] {
  return all.flatMap((field) =>
    field.id === id && typeof field.value !== "bigint"
      ? [[...fields(field.value)]]
      : []
  );
}

function text(all: readonly Field[], id: number): string {
  const value = all.find((field) => field.id === id)?.value;
  return value === undefined || typeof value === "bigint"
    ? ""
    : new TextDecoder().decode(value);
}

/** Wire format: https://protobuf.dev/programming-guides/encoding/ */
function* fields(bytes: Uint8Array): Generator<Field> {
  let at = 0;
  const varint = () => {
    let value = 0n;
    for (let shift = 0n;; shift += 7n) {
      const byte = bytes[at++];
      if (byte === undefined || shift > 63n) {
        throw new RangeError("Cannot read a trace: it is cut short");
      }
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  const skip = (count: number) => bytes.subarray(at, at += count);
  while (at < bytes.length) {
    const key = varint();
    const id = Number(key >> 3n);
    const kind = Number(key & 7n);
    if (kind === 0) yield { id, value: varint() };
    else if (kind === 2) yield { id, value: skip(Number(varint())) };
    else if (kind === 1 || kind === 5) skip(kind === 1 ? 8 : 4);
    else throw new RangeError(`Cannot read a trace: kind ${kind} is unknown`);
  }
}

/** How far a pull is. */
export interface PullProgress {
  /** Bytes that were downloaded, of those known so far: more layers may be announced. */
  readonly done: number;
  readonly total: number;
}

/** One line of an engine's answer. */
export interface PullMessage {
  readonly id?: string;
  readonly status?: string;
  readonly progressDetail?: {
    readonly current?: number;
    readonly total?: number;
  };
  readonly error?: string;
  readonly errorDetail?: { readonly message?: string };
}

/** A layer of an image, by what the engine says of it. */
interface Layer {
  readonly done: number;
  readonly total: number;
}

/** The layers by id, in the order in which they were announced. */
export type Layers = Readonly<Record<string, Layer>>;

export const NO_LAYERS: Layers = {};

const WHOLE = /^(?:Download complete|Pull complete|Already exists|Extracting)/;
const STARTED = /^(?:Pulling fs layer|Waiting|Downloading|Verifying Checksum)/;

/** The layers after one more line; the same ones when it says nothing of a layer. */
export function withMessage(layers: Layers, message: PullMessage): Layers {
  const { id, status = "", progressDetail = {} } = message;
  if (id === undefined || !isLayer(status, id)) return layers;
  const before = layers[id] ?? { done: 0, total: 0 };
  const now = after(before, status, progressDetail);
  const same = id in layers && now.done === before.done &&
    now.total === before.total;
  return same ? layers : { ...layers, [id]: now };
}

/** Other lines may have an id, too: the first one that of what is pulled. */
function isLayer(status: string, id: string): boolean {
  return /^[0-9a-f]{12,64}$/.test(id) &&
    (WHOLE.test(status) || STARTED.test(status));
}

function after(
  layer: Layer,
  status: string,
  { current = 0, total = 0 }: NonNullable<PullMessage["progressDetail"]>,
): Layer {
  if (WHOLE.test(status)) return { ...layer, done: layer.total };
  if (!status.startsWith("Downloading")) return layer;
  return {
    ...layer,
    done: Math.max(layer.done, current),
    total: Math.max(layer.total, total, current),
  };
}

export function progressOf(layers: Layers): PullProgress {
  const all = Object.values(layers);
  return {
    done: all.reduce((sum, each) => sum + each.done, 0),
    total: all.reduce((sum, each) => sum + each.total, 0),
  };
}

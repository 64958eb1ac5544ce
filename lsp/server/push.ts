import {
  type Disposable,
  type PublishDiagnosticsParams,
  RAL,
} from "vscode-languageserver";
import type { View } from "../view.ts";
import type { OpenDocuments } from "./open_documents.ts";

/** Longest wait after an edit, in milliseconds. */
const MAX_WAIT = 300;

/** How many times the cost of the last check is waited for another edit. */
const PATIENCE = 0.25;

/** Milliseconds that are not worth a timer, which takes longer: what has arrived already is waited for, and no more. */
const SHORT = 5;

export interface PushParts {
  readonly documents: OpenDocuments;
  readonly publish: (params: PublishDiagnosticsParams) => void;
  readonly findings: (
    view: View | undefined,
  ) => PublishDiagnosticsParams["diagnostics"];
  /** Milliseconds that only grow. */
  readonly monotonic: () => number;
  /** Told when a document could not be checked, which no document should bring about. */
  readonly failed: (uri: string, error: unknown) => void;
}

/**
 * Publishes what is found about open documents: at once when they are opened, after a change when no other one
 * follows within about a quarter of the time that a check takes.
 */
export class Push {
  readonly #parts: PushParts;
  readonly #timers = new Map<string, Disposable>();
  readonly #costs = new Map<string, number>();
  /** Documents of which the client shows findings. */
  readonly #told = new Set<string>();
  /** Documents that others tell about. */
  readonly #left = new Set<string>();

  constructor(parts: PushParts) {
    this.#parts = parts;
  }

  /** The document was opened, and is not others' to tell about. */
  begin(uri: string): void {
    this.#left.delete(uri);
    this.now(uri);
  }

  /** Never throws, since nobody above it could go on with other documents. */
  now(uri: string): void {
    this.#cancel(uri);
    try {
      this.#tell(uri);
    } catch (error) {
      this.close(uri);
      this.#parts.failed(uri, error);
    }
  }

  #tell(uri: string): void {
    const { documents, monotonic, publish, findings } = this.#parts;
    const start = monotonic();
    const view = documents.view(uri);
    this.#costs.set(uri, monotonic() - start);
    const version = documents.version(uri);
    if (view === undefined && !this.#told.has(uri)) return;
    if (view === undefined) this.#told.delete(uri);
    else this.#told.add(uri);
    publish({
      uri,
      diagnostics: findings(view),
      ...(version === undefined ? {} : { version }),
    });
  }

  soon(uri: string): void {
    this.#cancel(uri);
    if (this.#left.has(uri)) return;
    const wait = Math.min(MAX_WAIT, PATIENCE * this.cost(uri));
    this.#timers.set(uri, after(wait, () => this.now(uri)));
  }

  /** Milliseconds that the last check took. */
  cost(uri: string): number {
    return this.#costs.get(uri) ?? 0;
  }

  /** The document was closed: nothing is shown about it any more. */
  close(uri: string): void {
    this.leave(uri);
    this.#left.delete(uri);
    if (this.#told.delete(uri)) this.#parts.publish({ uri, diagnostics: [] });
  }

  /** From now on others tell about the document. */
  leave(uri: string): void {
    this.#cancel(uri);
    this.#costs.delete(uri);
    this.#left.add(uri);
  }

  /** Others told about the document. */
  shown(uri: string): void {
    this.#told.add(uri);
  }

  /** Nothing is published any more. */
  stop(): void {
    for (const uri of this.#timers.keys()) this.#cancel(uri);
  }

  #cancel(uri: string): void {
    this.#timers.get(uri)?.dispose();
    this.#timers.delete(uri);
  }
}

function after(wait: number, callback: () => void): Disposable {
  const { timer } = RAL();
  if (wait >= SHORT) return timer.setTimeout(callback, wait);
  // One message is taken in each turn of the loop: in the second one the next would have been.
  let waiting = timer.setImmediate(() => {
    waiting = timer.setImmediate(callback);
  });
  return { dispose: () => waiting.dispose() };
}

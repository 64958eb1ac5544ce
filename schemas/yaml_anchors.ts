import type { Diagnostic } from "./diagnostic.ts";
import { MAX_DEPTH, type Span } from "./source.ts";
import type { Node } from "./tree.ts";
import type { Measure } from "./yaml_frames.ts";
import * as say from "./yaml_problems.ts";

interface Anchored {
  readonly node: Node;
  readonly measure: Readonly<Measure>;
}

/** Most nodes that the aliases of a document may stand for together. */
const MAX_EXPANSION = 1_000_000;

/** The anchors read so far, and how much their aliases stand for. */
export class YamlAnchors {
  /** Undefined while what is anchored is still open. */
  readonly #named = new Map<string, Anchored | undefined>();
  #expanded = 0;

  open(name: string | undefined): void {
    if (name !== undefined) this.#named.set(name, undefined);
  }

  set(name: string | undefined, anchored: Anchored): void {
    if (name !== undefined) this.#named.set(name, anchored);
  }

  /** What an alias stands for, or why it cannot be written out; too many are told once. */
  use(
    name: string,
    { depth, ...place }: {
      readonly span: Span;
      readonly pointer: string;
      readonly depth: number;
    },
  ): Anchored | { readonly problem: Diagnostic | undefined } {
    const found = this.#named.get(name);
    if (found === undefined) {
      const problem = this.#named.has(name)
        ? say.recursiveAlias(name, place)
        : say.unknownAlias(name, { ...place, known: this.#named.keys() });
      return { problem };
    }
    if (depth + found.measure.height > MAX_DEPTH) {
      return { problem: say.tooDeep(place) };
    }
    const before = this.#expanded;
    this.#expanded += found.measure.nodes;
    if (this.#expanded <= MAX_EXPANSION) return found;
    const first = before <= MAX_EXPANSION;
    return { problem: first ? say.expansion(place) : undefined };
  }
}

import type { Diagnostic } from "./diagnostic.ts";
import { type Path, pointerOf } from "./json_pointer.ts";
import type { Token } from "./json_tokens.ts";
import type { Span } from "./source.ts";
import { duplicateKeys, unsafeNumber } from "./tree_rules.ts";
import type { Node, Property } from "./tree.ts";

/** An object or array whose end is not read yet. */
export type Frame = ObjectFrame | ArrayFrame;

interface ObjectFrame {
  readonly kind: "object";
  readonly start: number;
  readonly properties: Property[];
  /** Whose value is read next; undefined when the text has none that can be used. Set, not deleted, for speed. */
  key: { readonly text: string; readonly span: Span } | undefined;
  expects: "first key" | "key" | "colon" | "value" | "comma";
}

interface ArrayFrame {
  readonly kind: "array";
  readonly start: number;
  readonly items: Node[];
  expects: "first value" | "value" | "comma";
}

const LITERALS: ReadonlyMap<string, boolean | null> = new Map([
  ["true", true],
  ["false", false],
  ["null", null],
]);

/** The open objects and arrays, and the tree below them. Problems with keys and numbers go to the list given. */
export class JsonFrames {
  readonly #open: Frame[] = [];
  readonly #count = { object: 0, array: 0 };
  readonly #problems: Diagnostic[];
  #root: Node | undefined;

  constructor(problems: Diagnostic[]) {
    this.#problems = problems;
  }

  get root(): Node | undefined {
    return this.#root;
  }

  get top(): Frame | undefined {
    return this.#open.at(-1);
  }

  get depth(): number {
    return this.#open.length;
  }

  /** What closes all that is open; undefined where something else is missing first. */
  get closers(): string | undefined {
    const whole = this.#open.every(({ expects }, i) =>
      i < this.#open.length - 1 || expects === "comma" ||
      expects.startsWith("first")
    );
    if (!whole) return undefined;
    return this.#open.toReversed()
      .map(({ kind }) => kind === "object" ? "}" : "]").join("");
  }

  /** Whether an object or array is open, at any level. */
  has(kind: Frame["kind"]): boolean {
    return this.#count[kind] > 0;
  }

  open({ kind, span: { start } }: Token): void {
    const frame: Frame = kind === "{"
      ? {
        kind: "object",
        start,
        properties: [],
        key: undefined,
        expects: "first key",
      }
      : { kind: "array", start, items: [], expects: "first value" };
    this.#count[frame.kind]++;
    this.#open.push(frame);
  }

  close(end: number): void {
    const frame = this.#open.pop();
    if (frame === undefined) return;
    this.#count[frame.kind]--;
    const span = { start: frame.start, end };
    if (frame.kind === "array") {
      return this.#add({ kind: "array", span, items: frame.items });
    }
    const { properties } = frame;
    this.#add({ kind: "object", span, properties });
    const pointer = () => this.#pointerOfLast();
    for (const problem of duplicateKeys(properties, pointer)) {
      this.#problems.push(problem);
    }
  }

  key({ text, span }: Token): void {
    const { top } = this;
    if (top?.kind !== "object") return;
    top.key = { text, span };
    top.expects = "colon";
  }

  word({ kind, text, span }: Token): void {
    if (kind === "string") return this.scalar(text, span);
    if (kind === "literal") {
      return this.scalar(LITERALS.get(text) ?? null, span);
    }
    if (kind !== "number") return this.scalar(null, span);
    const value = Number(text);
    this.scalar(value, span);
    const pointer = () => this.#pointerOfLast();
    const problem = unsafeNumber(value, { text, span, pointer });
    if (problem !== undefined) this.#problems.push(problem);
  }

  scalar(value: string | number | boolean | null, span: Span): void {
    this.#add({ kind: "scalar", span, value });
  }

  /** The place that is read: of the key whose value comes next, or of the innermost object or array. */
  pointer(): string {
    return pointerOf(this.#path(this.#open.length));
  }

  #pointerOfLast(): string {
    return pointerOf(this.#lastPath());
  }

  #lastPath(): Path {
    const { top } = this;
    if (top === undefined) return [];
    const above = this.#path(this.#open.length - 1);
    if (top.kind === "array") return [...above, top.items.length - 1];
    const last = top.properties.at(-1);
    return last === undefined ? above : [...above, last.key];
  }

  #path(depth: number): Path {
    return this.#open.slice(0, depth).flatMap((frame, level): Path => {
      if (frame.kind === "object") {
        return frame.key === undefined ? [] : [frame.key.text];
      }
      const inside = level < this.#open.length - 1 || frame.expects !== "comma";
      return inside ? [frame.items.length] : [];
    });
  }

  #add(node: Node): void {
    const { top } = this;
    if (top === undefined) {
      this.#root ??= node;
      return;
    }
    if (top.kind === "array") top.items.push(node);
    else {
      const { key } = top;
      top.key = undefined;
      if (key !== undefined) {
        top.properties.push({ key: key.text, keySpan: key.span, value: node });
      }
    }
    top.expects = "comma";
  }
}

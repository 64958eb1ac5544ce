import type { Node, Path, Span, Tree } from "../../../schemas/mod.ts";
import { UNFINISHED } from "../../../schemas/checker.ts";

/** What may be typed at a place of a document, which need not be finished there or anywhere else. */
export interface Cursor {
  readonly role: "key" | "value";
  /** Of the object that the key is for, or of the value. */
  readonly path: Path;
  /** The document as if {@linkcode UNFINISHED} stood there. */
  readonly tree: Tree;
  readonly slot: Slot;
}

/** Where and how is written what is chosen. */
export interface Slot {
  /** What it takes the place of, on one line, quotes included. */
  readonly span: Span;
  /** What stands there up to the cursor, its quote left out. */
  readonly typed: string;
  readonly quote: "" | '"' | "'";
  /** Whether the quote is closed. */
  readonly closed: boolean;
  readonly style: "json" | "flow" | "block";
  /** What is missing between what stands before and the slot: `- `, a blank. */
  readonly before: string;
  /** Where a comma is missing that belongs further ahead. */
  readonly commaAt?: number;
  /** Whether a comma is missing behind the slot. */
  readonly commaAfter: boolean;
  /** Whether the colon of a key stands there already. */
  readonly colon: boolean;
  /** Blanks at the start of the line, and those before what is nested in the value. */
  readonly indent: { readonly line: number; readonly nested: number };
  /** Whether what is nested begins on the line of the slot, as after `- `. */
  readonly inline: boolean;
}

/** A text in which {@linkcode UNFINISHED} stands for what is being typed. */
export interface Marked {
  readonly role: Cursor["role"];
  readonly path: Path;
}

/** Where the mark stands in a tree. */
export function findMark(root: Node | undefined): Marked | undefined {
  const path: (string | number)[] = [];
  const find = (node: Node): Marked["role"] | undefined => {
    if (node.kind === "scalar") {
      return node.value === UNFINISHED ? "value" : undefined;
    }
    if (node.kind === "array") return within(node.items.entries());
    if (node.properties.some(({ key }) => key === UNFINISHED)) return "key";
    return within(node.properties.map(({ key, value }) => [key, value]));
  };
  const within = (children: Iterable<readonly [string | number, Node]>) => {
    for (const [step, child] of children) {
      path.push(step);
      const found = find(child);
      if (found !== undefined) return found;
      path.pop();
    }
    return undefined;
  };
  const role = root && find(root);
  return role === undefined ? undefined : { role, path };
}

/** End of the word that goes on behind the cursor, where no quote tells. */
export function wordEnd(text: string, offset: number): number {
  return offset + (/^[\w$./@-]*/.exec(text.slice(offset, offset + 200))?.[0]
    .length ?? 0);
}

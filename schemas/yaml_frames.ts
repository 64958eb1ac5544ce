import { type Path, pointerOf } from "./json_pointer.ts";
import type { Span } from "./source.ts";
import type { Node, Property } from "./tree.ts";

/** A mapping or sequence whose end is not read yet. */
export type Frame = MappingFrame | SequenceFrame;

interface Open {
  readonly start: number;
  /** Whether it is written with brackets. */
  readonly flow: boolean;
  readonly anchor: string | undefined;
  /** Nodes and levels below it, aliases written out. */
  readonly measure: Measure;
}

export interface MappingFrame extends Open {
  readonly kind: "object";
  readonly properties: Property[];
  /** What is read next is the value of this key; without `text`, of one that cannot be used. Set, not deleted, for speed. */
  key: { readonly text?: string; readonly span: Span } | undefined;
}

export interface SequenceFrame extends Open {
  readonly kind: "array";
  readonly items: Node[];
}

export interface Measure {
  nodes: number;
  height: number;
}

export function framePath(frames: readonly Frame[]): Path {
  return frames.flatMap((frame): Path => {
    if (frame.kind === "array") return [frame.items.length];
    return frame.key?.text === undefined ? [] : [frame.key.text];
  });
}

/** The pointer of what is being read. */
export function framePointer(frames: readonly Frame[]): string {
  return pointerOf(framePath(frames));
}

/** Adds what is below to what is above. */
export function addMeasure(above: Measure, below: Readonly<Measure>): void {
  above.nodes += below.nodes;
  above.height = Math.max(above.height, below.height + 1);
}

/** What a scalar measures. */
export const LEAF: Readonly<Measure> = { nodes: 1, height: 0 };

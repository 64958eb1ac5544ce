import { COLLECTION_STYLE, type Event, EVENT_ID, SCALAR_STYLE } from "js-yaml";
import type { Diagnostic } from "./diagnostic.ts";
import { MAX_DEPTH, type Source, type Span } from "./source.ts";
import { duplicateKeys, unsafeNumber } from "./tree_rules.ts";
import type { Comment, Node } from "./tree.ts";
import { YamlAnchors } from "./yaml_anchors.ts";
import {
  type AliasEvent,
  anchorOf,
  type CollectionEvent,
  keyPlace,
  propertySpans,
  type ScalarEvent,
  tagOf,
  tagPlace,
} from "./yaml_events.ts";
import {
  addMeasure,
  type Frame,
  framePointer,
  LEAF,
  type MappingFrame,
  type Measure,
} from "./yaml_frames.ts";
import { YamlGaps } from "./yaml_gaps.ts";
import * as say from "./yaml_problems.ts";
import { isCollectionTag, readScalar } from "./yaml_scalar.ts";

/** Builds the tree of the first document from parser events. */
export class YamlReader {
  readonly problems: Diagnostic[] = [];
  root: Node | undefined;
  complete = true;
  readonly #text: string;
  readonly #gaps: YamlGaps;
  readonly #frames: Frame[] = [];
  readonly #anchors = new YamlAnchors();
  /** Open levels below the deepest one that is read. */
  #tooDeep = 0;

  constructor(source: Source) {
    this.#text = source.text;
    this.#gaps = new YamlGaps(source.text);
  }

  get comments(): readonly Comment[] {
    return this.#gaps.comments;
  }

  read(events: readonly Event[]): void {
    let documents = 0;
    for (const event of events) {
      if (event.type === EVENT_ID.DOCUMENT && ++documents > 1) {
        this.#lost(say.severalDocuments(this.#marker()));
        return;
      }
      this.#take(event);
    }
    this.#gaps.to(this.#text.length);
  }

  #take(event: Event): void {
    switch (event.type) {
      case EVENT_ID.DOCUMENT:
        if (event.directives.some(({ kind }) => kind === "tag")) {
          this.#lost(say.tagDirective(this.#marker("%")));
        }
        return;
      case EVENT_ID.SCALAR:
        return this.#scalar(event);
      case EVENT_ID.ALIAS:
        return this.#alias(event);
      case EVENT_ID.POP:
        return this.#pop();
      default:
        return this.#open(event);
    }
  }

  #marker(character = "-"): Span {
    const start = this.#gaps.seek(character, this.#text.length);
    return { start, end: Math.min(start + 3, this.#text.length) };
  }

  #open(event: CollectionEvent): void {
    this.#properties(event);
    this.#gaps.to(event.start);
    if (this.#tooDeep > 0 || this.#frames.length >= MAX_DEPTH) {
      if (this.#tooDeep++ === 0) this.#deep(event.start);
      return;
    }
    const mapping = event.type === EVENT_ID.MAPPING;
    this.#checkTag(event, mapping ? "map" : "seq");
    const flow = event.style === COLLECTION_STYLE.FLOW &&
      "[{".includes(this.#text.charAt(event.start)) &&
      (this.#text.charAt(event.start) === "{") === mapping;
    if (flow) this.#gaps.past(event.start + 1);
    const open = {
      start: event.start,
      flow,
      anchor: anchorOf(this.#text, event),
      measure: { nodes: 1, height: 1 },
    };
    this.#anchors.open(open.anchor);
    this.#frames.push(
      mapping
        ? { kind: "object", properties: [], key: undefined, ...open }
        : { kind: "array", items: [], ...open },
    );
  }

  #pop(): void {
    if (this.#tooDeep > 0) {
      if (--this.#tooDeep === 0) this.#add(this.#nothing(this.#gaps.at));
      return;
    }
    const frame = this.#frames.pop();
    // The last pop closes the document.
    if (frame === undefined) return;
    const { start, measure, anchor } = frame;
    const end = frame.flow
      ? this.#closing(frame.kind === "object" ? "}" : "]")
      : this.#endOfBlock(start);
    const node: Node = frame.kind === "object"
      ? { kind: "object", span: { start, end }, properties: frame.properties }
      : { kind: "array", span: { start, end }, items: frame.items };
    this.#anchors.set(anchor, { node, measure });
    if (frame.kind === "object") this.#duplicates(frame);
    this.#add(node, measure);
  }

  #duplicates({ properties }: MappingFrame): void {
    const pointer = () => framePointer(this.#frames);
    for (const problem of duplicateKeys(properties, pointer)) {
      this.problems.push(problem);
    }
  }

  /** Where the last token ended; block scalars own the line breaks after them, their parents do not. */
  #endOfBlock(start: number): number {
    let end = this.#gaps.at;
    while (end > start && /[ \t\r\n]/.test(this.#text.charAt(end - 1))) end--;
    return Math.max(end, start);
  }

  #closing(bracket: string): number {
    const at = this.#gaps.seek(bracket, this.#text.length);
    this.#gaps.past(at + 1);
    return Math.min(at + 1, this.#text.length);
  }

  #scalar(event: ScalarEvent): void {
    this.#properties(event);
    const span = this.#spanOf(event);
    if (this.#tooDeep > 0) return;
    const reading = readScalar(this.#text, event);
    if (!reading.ok) {
      this.#lost(say.unreadTag(tagPlace(this.#text, event), {
        ...reading,
        pointer: this.#pointer(),
      }));
    }
    const value = reading.ok ? reading.value : null;
    const node: Node = { kind: "scalar", span, value };
    this.#anchors.set(anchorOf(this.#text, event), { node, measure: LEAF });
    if (event.valueStart < 0 && this.#frames.length === 0) return;
    if (typeof value === "number" && reading.ok) {
      this.#number(value, { span, text: reading.text });
    }
    this.#add(node);
  }

  #number(
    value: number,
    { span, text }: { readonly span: Span; readonly text: string },
  ): void {
    const pointer = () => this.#pointer();
    const problem = unsafeNumber(value, { text, span, pointer });
    if (problem !== undefined) this.problems.push(problem);
  }

  #spanOf({ valueStart, valueEnd, style }: ScalarEvent): Span {
    if (valueStart < 0) return this.#emptySpan();
    if (style === SCALAR_STYLE.PLAIN) {
      return this.#token(valueStart, valueEnd);
    }
    if (
      style === SCALAR_STYLE.SINGLE_QUOTED ||
      style === SCALAR_STYLE.DOUBLE_QUOTED
    ) {
      return this.#token(valueStart - 1, valueEnd + 1);
    }
    const start = this.#gaps.seek("|>", valueStart);
    this.#gaps.to(valueStart);
    this.#gaps.past(valueEnd);
    const text = this.#text.slice(start, valueEnd);
    return { start, end: start + text.replace(/[ \t\r\n]+$/, "").length };
  }

  #token(start: number, end: number): Span {
    this.#gaps.to(start);
    this.#gaps.past(end);
    return { start, end };
  }

  /** Where a value that is not written would stand: after its indicator. */
  #emptySpan(): Span {
    const top = this.#frames.at(-1);
    const value = top?.kind === "object" && top.key !== undefined;
    const at = this.#gaps.over(
      top?.kind === "array" ? (top.flow ? "" : "-") : value ? ":" : "?",
    );
    return { start: at, end: at };
  }

  #alias(event: AliasEvent): void {
    const span = this.#token(event.anchorStart - 1, event.anchorEnd);
    if (this.#tooDeep > 0) return;
    const name = this.#text.slice(event.anchorStart, event.anchorEnd);
    const place = { span, pointer: this.#pointer() };
    const found = this.#anchors.use(name, {
      ...place,
      depth: this.#frames.length,
    });
    if ("node" in found) return this.#add(found.node, found.measure, span);
    if (found.problem !== undefined) this.#lost(found.problem);
    this.complete = false;
    this.#add(this.#nothing(span.start));
  }

  /** Puts a node where the reader is: as a key, a value, an item or the root. */
  #add(
    node: Node,
    measure: Readonly<Measure> = LEAF,
    span = node.span,
  ): void {
    const top = this.#frames.at(-1);
    if (top === undefined) {
      this.root ??= node;
      return;
    }
    addMeasure(top.measure, measure);
    if (top.kind === "array") top.items.push(node);
    else if (top.key === undefined) top.key = this.#key(node, span);
    else {
      const { text, span: keySpan } = top.key;
      top.key = undefined;
      if (text !== undefined) {
        top.properties.push({ key: text, keySpan, value: node });
      }
    }
  }

  #key(
    node: Node,
    span: Span,
  ): { readonly text?: string; readonly span: Span } {
    if (node.kind === "scalar" && typeof node.value === "string") {
      return { text: node.value, span };
    }
    const key = keyPlace(this.#text, span);
    this.#lost(say.keyNotText(node, { ...key, pointer: this.#pointer() }));
    return node.kind === "scalar" ? { text: key.text, span } : { span };
  }

  #properties(event: ScalarEvent | CollectionEvent): void {
    for (const { start, end } of propertySpans(event)) this.#token(start, end);
  }

  #checkTag(event: CollectionEvent, kind: "map" | "seq"): void {
    const tag = tagOf(this.#text, event);
    if (tag === undefined || isCollectionTag(tag, kind)) return;
    this.#lost(say.unreadTag(tagPlace(this.#text, event), {
      tag,
      known: false,
      pointer: this.#pointer(),
    }));
  }

  #deep(at: number): void {
    const span = { start: at, end: at + 1 };
    this.#lost(say.tooDeep({ span, pointer: this.#pointer() }));
  }

  #nothing(at: number): Node {
    return { kind: "scalar", span: { start: at, end: at }, value: null };
  }

  #lost(problem: Diagnostic): void {
    this.complete = false;
    this.problems.push(problem);
  }

  #pointer(): string {
    return framePointer(this.#frames);
  }
}

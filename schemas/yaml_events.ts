import type { Event } from "js-yaml";
import type { Span } from "./source.ts";

export type ScalarEvent = Extract<Event, { readonly valueStart: number }>;
export type CollectionEvent = Extract<Event, { readonly start: number }>;
export type AliasEvent = Extract<Event, { readonly type: 5 }>;

type Properties = Pick<
  ScalarEvent,
  "anchorStart" | "anchorEnd" | "tagStart" | "tagEnd"
>;

/** Where the anchor and the tag of a node stand, in order. */
export function propertySpans(event: Properties): readonly Span[] {
  if (event.anchorEnd < 0 && event.tagEnd < 0) return [];
  return [
    { start: event.anchorStart - 1, end: event.anchorEnd },
    tagSpan(event),
  ].filter(({ end }) => end >= 0).sort((a, b) => a.start - b.start);
}

export function tagSpan({ tagStart, tagEnd }: Properties): Span {
  return { start: tagStart, end: tagEnd };
}

/** Where a tag stands, and where what is after its blanks. */
export interface TagPlace extends Span {
  readonly next: number;
}

export function tagPlace(source: string, event: Properties): TagPlace {
  const { start, end } = tagSpan(event);
  const blanks = /^[ \t]*/.exec(source.slice(end))?.[0].length ?? 0;
  return { start, end, next: end + blanks };
}

/** A key as it is written, and whether a tag before it says what it is. */
export interface KeyPlace {
  readonly span: Span;
  readonly text: string;
  readonly tagged: boolean;
}

export function keyPlace(source: string, span: Span): KeyPlace {
  const before = source.slice(Math.max(0, span.start - LONG_TAG), span.start);
  const tagged = /(?:^|[\s,[{])!\S*\s+(?:&\S+\s+)?$/.test(before);
  return { span, text: source.slice(span.start, span.end), tagged };
}

const LONG_TAG = 200;

/** The tag as written, `undefined` when there is none. */
export function tagOf(source: string, event: Properties): string | undefined {
  return event.tagStart < 0
    ? undefined
    : source.slice(event.tagStart, event.tagEnd);
}

/** The name of a node's anchor. */
export function anchorOf(
  source: string,
  { anchorStart, anchorEnd }: Properties,
): string | undefined {
  return anchorStart < 0 ? undefined : source.slice(anchorStart, anchorEnd);
}

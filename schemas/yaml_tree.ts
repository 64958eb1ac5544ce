import { parseEvents, YAMLException } from "js-yaml";
import { diagnose, inOrder } from "./diagnose.ts";
import type { Diagnostic } from "./diagnostic.ts";
import { MAX_DEPTH, type Source } from "./source.ts";
import type { Tree } from "./tree.ts";
import { YamlReader } from "./yaml_reader.ts";
import { yamlSyntaxFixes } from "./yaml_syntax_fixes.ts";

type Events = ReturnType<typeof parseEvents>;

/** How often the text is cut before a mistake and read again. */
const MAX_CUTS = 3;

/**
 * Reads YAML 1.2 (core schema) into a tree. The values are those of js-yaml's `load`; where it would
 * stop at a mistake, the tree holds the lines before it.
 */
export function readYaml(source: Source): Tree {
  const { events, problem } = eventsOf(source.text);
  const reader = new YamlReader(source);
  reader.read(events);
  const { root } = reader;
  return {
    source,
    ...(root === undefined ? {} : { root }),
    problems: inOrder([
      ...reader.problems,
      ...(problem === undefined ? [] : [problem]),
    ]),
    comments: reader.comments,
    complete: reader.complete && problem === undefined,
  };
}

interface Reading {
  readonly events: Events;
  readonly problem?: Diagnostic;
}

/** The events of a text, or of as many whole lines before its first mistake as can be read. */
function eventsOf(text: string): Reading {
  const first = attempt(text);
  let last = first;
  let rest = text;
  for (let cuts = 0; cuts < MAX_CUTS && last.problem !== undefined; cuts++) {
    rest = linesBefore(rest, last.problem.span.start);
    if (rest === "") break;
    last = attempt(rest);
  }
  const { problem } = first;
  return problem === undefined
    ? { events: last.events }
    : { events: last.events, problem: withFixes(problem, text) };
}

function withFixes(problem: Diagnostic, text: string): Diagnostic {
  if (problem.code !== "ERR_SYNTAX") return problem;
  const fixes = yamlSyntaxFixes(
    text,
    problem.span.start,
    (other) => attempt(other).problem?.span.start,
  );
  return fixes.length === 0 ? problem : { ...problem, fixes };
}

/** The lines before the one at an offset; at least one line shorter than the text. */
function linesBefore(text: string, offset: number): string {
  const before = Math.min(offset, text.length - 1) - 1;
  return before < 0 ? "" : text.slice(0, text.lastIndexOf("\n", before) + 1);
}

function attempt(text: string): Reading {
  try {
    // A level of ours is one of theirs; the scalars inside count one more there.
    return { events: parseEvents(text, { maxDepth: MAX_DEPTH + 2 }) };
  } catch (error) {
    return { events: [], problem: problemOf(error, text) };
  }
}

function problemOf(error: unknown, text: string): Diagnostic {
  if (!(error instanceof YAMLException)) throw error;
  const at = Math.min(error.mark?.position ?? 0, text.length);
  const span = { start: at, end: Math.min(at + 1, text.length) };
  if (error.reason.startsWith("nesting exceeded")) {
    return diagnose(
      "ERR_DEPTH",
      `Cannot read this level: the document is nested deeper than ${MAX_DEPTH} levels`,
      { span },
    );
  }
  return diagnose(
    "ERR_SYNTAX",
    `Cannot read YAML: ${reasonOf(error, text, at)}`,
    {
      span,
    },
  );
}

/** The library's words, but for the mistake that they describe worst: `text: note: this`. */
function reasonOf(error: YAMLException, text: string, at: number): string {
  const before = text.slice(text.lastIndexOf("\n", at - 1) + 1, at);
  return text.charAt(at) === ":" && /:\s/.test(before)
    ? 'text that holds ": " stands in quotes'
    : error.reason;
}

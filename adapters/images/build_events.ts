import { type BuildTrace, buildTrace } from "./buildkit_trace.ts";

/** What goes on in a build: its next step, or a line that a step printed. */
export interface BuildEvent {
  readonly kind: "step" | "output";
  /** A step as `3/9 RUN deno cache main.ts`. */
  readonly text: string;
}

/** One line of an engine's answer. */
export interface BuildMessage {
  readonly id?: string;
  readonly stream?: string;
  readonly status?: string;
  readonly aux?: unknown;
  readonly error?: string;
  readonly errorDetail?: { readonly message?: string };
}

/** Reads what an engine says, of whatever kind it is. */
export interface BuildReader {
  /** What a message adds. */
  read(message: BuildMessage): readonly BuildEvent[];
  /** The step that failed, or the last one that began. */
  step(): string | undefined;
}

const TRACE = "moby.buildkit.trace";
/** As Docker and Podman write it without BuildKit; Podman counts stages, too. */
const CLASSIC_STEP = /^(\[\d+\/\d+\] )?step (\d+\/\d+) ?: (.*)$/i;
/** With BuildKit: of several stages each has its name. */
const STEP = /^\[(?:(.*) )?(\d+\/\d+)\] (.*)$/s;
/** What engines say about themselves. */
const NOISE =
  /^(?: ?-{2,3}> .*|\[Warning\] one or more build args were not consumed: .*|Removing intermediate container .*|(?:\[\d+\/\d+\] )?COMMIT\b.*|Successfully (?:built|tagged) .*|(?:sha256:)?[0-9a-f]{11,64}|\s*)$/;
// deno-lint-ignore no-control-regex -- colours are written with one
const COLOR = /\x1b\[[\d;]*m/g;
const CACHED = /^ ?-{2,3}> Using cache/;

/** Reads a build from its beginning. */
export function buildReader(): BuildReader {
  const lines = lineJoiner();
  const told = new Set<string>();
  let last: string | undefined;
  let failed: string | undefined;
  const begin = (text: string): BuildEvent => ({
    kind: "step",
    text: last = text,
  });
  const classic = (text: string) =>
    lines("", text).flatMap((line): readonly BuildEvent[] => {
      const [, stage = "", number, what = ""] = CLASSIC_STEP.exec(line) ?? [];
      if (number !== undefined) return [begin(`${stage}${number} ${what}`)];
      if (CACHED.test(line)) return [output("(cached)")];
      return NOISE.test(line) ? [] : [output(line)];
    });
  const traced = ({ steps, logs }: BuildTrace) => {
    failed ??= steps.find(({ error }) => error !== "")?.name;
    const begun = steps.flatMap(({ started, name, cached }) => {
      if (!started || !STEP.test(name) || told.has(name)) return [];
      told.add(name);
      return [begin(`${shown(name)}${cached ? " (cached)" : ""}`)];
    });
    return [
      ...begun,
      ...logs.flatMap(({ step, text }) =>
        lines(step, text).filter((line) => !NOISE.test(line)).map(output)
      ),
    ];
  };
  return {
    read({ id, stream, status, aux }) {
      if (id === TRACE && typeof aux === "string") {
        return traced(buildTrace(aux));
      }
      if (stream !== undefined) return classic(stream);
      return status === undefined || id !== undefined ? [] : [output(status)];
    },
    step: () => failed === undefined ? last : shown(failed),
  };
}

function output(text: string): BuildEvent {
  return { kind: "output", text };
}

/** `[2/9] RUN …` as `2/9 RUN …`, `[build 2/9] RUN …` as `build 2/9 RUN …`. */
function shown(name: string): string {
  const [, stage, number, what] = STEP.exec(name) ?? [];
  if (number === undefined) return name;
  return [stage, number, what].filter((part) => part !== undefined).join(" ");
}

/** Joins what comes in pieces to whole lines, for each source by itself. */
function lineJoiner(): (source: string, text: string) => readonly string[] {
  const rests = new Map<string, string>();
  return (source, text) => {
    const lines = `${rests.get(source) ?? ""}${text}`.split(/\r?\n/);
    rests.set(source, lines.pop() ?? "");
    return lines.map((line) => line.replaceAll(COLOR, ""));
  };
}

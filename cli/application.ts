import {
  type Application,
  buildApplication,
  buildCommand,
  buildRouteMap,
  type Command as StricliCommand,
  type CommandContext,
  type FlagParametersForType,
  type RouteMap,
  text_en,
} from "@stricli/core";
import type {
  Command,
  CommandInput,
  Flag,
  Flags,
  FlagValues,
} from "./command.ts";
import { commandHelp, groupHelp, type Reader } from "./help.ts";
import { type WordKind, wordKind } from "./completion/word_kind.ts";
import { nearest } from "../schemas/nearest.ts";
import type { Meant } from "./meant_commands.ts";
import { usageText } from "./usage_text.ts";
import type { World } from "./world.ts";

/** What a parsed command line asks for. */
export interface Request {
  readonly command: Command;
  readonly input: CommandInput<FlagValues<Flags>>;
}

/** Context of the parser: its streams, and where it leaves what it understood. */
export interface ParseContext extends CommandContext {
  readonly world: World;
  readonly accept: (request: Request) => void;
  /** Answers what completes a word of a kind; a word has many when the shell asks. */
  readonly complete?: (kind: WordKind) => Promise<readonly string[]>;
}

type Target = StricliCommand<ParseContext> | RouteMap<ParseContext>;
type AnyFlags = Readonly<Record<string, unknown>>;

export interface ParserOptions {
  readonly version: string;
  readonly reader: Reader;
  /** Mistakes are answered with what may have been meant; default without. */
  readonly meant?: Meant | undefined;
}

/** The parser of a menu. Parsing does no work: it hands a {@linkcode Request} to its context. */
export function application(
  menu: readonly Command[],
  { version, reader, meant }: ParserOptions,
): Application<ParseContext> {
  return buildApplication<ParseContext>(routes(menu, [], reader), {
    name: reader.program,
    versionInfo: { currentVersion: version },
    scanner: {
      caseStyle: "allow-kebab-for-camel",
      ...(meant ? {} : { distanceOptions: NOTHING_NEAR }),
    },
    documentation: {
      caseStyle: "convert-camel-to-kebab",
      onlyRequiredInUsageLine: true,
    },
    localization: {
      text: { ...text_en, ...usageText(meant) },
    },
  });
}

/** Nothing is as near as this. */
const NOTHING_NEAR = {
  threshold: -1,
  weights: { insertion: 1, deletion: 1, substitution: 1, transposition: 1 },
};

/** What a group of commands is for. */
const GROUPS: Readonly<Record<string, string>> = {
  "":
    "Run processors: versioned programs with typed JSON inputs and file outputs",
  localctl: "Run processors on this machine",
  imagectl: "Build, push and list the images of processors",
  modalctl: "Look at the account that Modal would be used with",
  registry: "Look at, check and create registry entries",
  artifacts: "Use and look after the artifact store",
  runs: "Look at recorded runs, do them again",
};

function routes(
  menu: readonly Command[],
  path: readonly string[],
  reader: Reader,
): RouteMap<ParseContext> {
  const brief = GROUPS[path.join(" ")] ?? "";
  const below = groupBy(menu, path.length);
  const targets = below.map(([name, commands]): [string, Target] => {
    const command = commands.find((each) =>
      each.path.length === path.length + 1
    );
    return command === undefined
      ? [name, routes(commands, [...path, name], reader)]
      : [name, leaf(command, reader)];
  });
  const map = buildRouteMap<string, ParseContext>({
    routes: Object.fromEntries(targets),
    docs: { brief },
  });
  const entries = below.map(([name, commands], i) => {
    const members = commands.flatMap((each) =>
      each.path.slice(path.length + 1)
    );
    const list = members.length === 0 ? "" : `: ${members.join(", ")}`;
    return [name, `${targets[i]?.[1].brief ?? ""}${list}`] as const;
  });
  return {
    ...map,
    formatHelp: () => groupHelp({ path, brief, entries }, reader),
  };
}

/** Commands by their word at a depth, in order. */
function groupBy(
  menu: readonly Command[],
  depth: number,
): readonly (readonly [name: string, commands: readonly Command[]])[] {
  const names = [...new Set(menu.map(({ path }) => path[depth] ?? ""))];
  return names.map((name) => [
    name,
    menu.filter(({ path }) => path[depth] === name),
  ]);
}

function leaf(command: Command, reader: Reader): Target {
  // The parser's types want to know which flags are required; here they are data.
  const flags = Object.fromEntries(
    Object.entries(command.flags).map((
      [name, flag],
    ) => [name, parameter(name, flag)]),
  ) as unknown as FlagParametersForType<AnyFlags, ParseContext>;
  const target = buildCommand<AnyFlags, string[], ParseContext>({
    docs: { brief: command.brief },
    parameters: {
      flags,
      aliases: aliases(command.flags),
      positional: operands(command),
    },
    func: function (flags, ...words) {
      this.accept({
        command,
        input: {
          flags: withDefaults(command.flags, flags),
          operands: words,
          world: this.world,
        },
      });
    },
  });
  return { ...target, formatHelp: () => commandHelp(command, reader) };
}

/** Letters that stand for flags. */
function aliases(flags: Flags): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(flags).flatMap(([name, flag]) =>
      "short" in flag && flag.short !== undefined ? [[flag.short, name]] : []
    ),
  );
}

type Positional = NonNullable<
  Parameters<
    typeof buildCommand<AnyFlags, string[], ParseContext>
  >[0]["parameters"]["positional"]
>;

function operands({ operands }: Command): Positional {
  const { name, brief, minimum = 0, maximum = Number.MAX_SAFE_INTEGER } =
    operands ??
      { name: "", brief: "", maximum: 0 };
  const values = operands?.values;
  const parameter = {
    placeholder: name,
    brief,
    parse: values === undefined ? textOf(name) : oneOf(values),
    proposeCompletions: proposals(values ?? wordKind(name)),
  };
  // Without operands it is a tuple of none, which help leaves out; the types know only arrays here.
  if (operands === undefined) {
    return { kind: "tuple", parameters: [] } as unknown as Positional;
  }
  return { kind: "array", parameter, minimum, maximum };
}

function parameter(name: string, flag: Flag) {
  if (flag.kind === "switch") {
    const { brief } = flag;
    return {
      kind: "boolean",
      brief,
      optional: true,
      withNegated: false,
    } as const;
  }
  const placeholder = flag.placeholder ??
    (flag.kind === "choice" ? flag.values.join("|") : name);
  const { brief } = flag;
  const words = flag.kind === "choice"
    ? flag.values
    : flag.completes ?? wordKind(placeholder);
  const base = {
    kind: "parsed",
    brief,
    placeholder,
    parse: textOf(placeholder),
    proposeCompletions: proposals(words),
  } as const;
  if (flag.kind === "list") {
    return { ...base, optional: true, variadic: true } as const;
  }
  if (flag.kind === "choice") {
    return {
      ...base,
      optional: true,
      parse: oneOf(flag.values, flag.older),
    } as const;
  }
  // Settings may give what must be given, so that it is looked for later.
  return { ...base, optional: true } as const;
}

/** What help calls words that are paths of files and folders. */
const PATHS = ["DIR", "FILE", "FOLDER"];

/** Any text, but for a path: an empty one names nothing. */
function textOf(placeholder: string): (text: string) => string {
  return (text) => {
    if (text !== "" || !PATHS.includes(placeholder)) return text;
    throw new SyntaxError("Expected a path");
  };
}

/** Completes by a list, or by what the context knows of a kind of words. */
function proposals(words: readonly string[] | WordKind | undefined) {
  return async function (this: ParseContext): Promise<readonly string[]> {
    if (typeof words !== "string") return words ?? [];
    return await this.complete?.(words) ?? [];
  };
}

function oneOf(
  values: readonly string[],
  older: readonly string[] = [],
): (text: string) => string {
  return (text) => {
    const lower = text.toLowerCase();
    if ([...values, ...older].includes(lower)) return lower;
    const near = nearest(lower, values);
    const question = near === undefined ? "" : `, did you mean "${near}"`;
    const list = values.map((value) => `"${value}"`).join(", ");
    throw new SyntaxError(`Expected one of ${list}${question}`);
  };
}

function withDefaults(flags: Flags, given: AnyFlags): FlagValues<Flags> {
  const filled = Object.entries(flags).map(([name, { kind }]) => {
    const absent = kind === "list" ? [] : kind === "switch" ? false : undefined;
    return [name, given[name] ?? absent];
  });
  return Object.fromEntries(filled);
}

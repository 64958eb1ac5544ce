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
import { about } from "./help.ts";
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
}

type Target = StricliCommand<ParseContext> | RouteMap<ParseContext>;
type AnyFlags = Readonly<Record<string, unknown>>;

/** The parser of a menu. Parsing does no work: it hands a {@linkcode Request} to its context. */
export function application(
  menu: readonly Command[],
  version: string,
): Application<ParseContext> {
  return buildApplication<ParseContext>(routes(menu, []), {
    name: "theoryctl",
    versionInfo: { currentVersion: version },
    scanner: { caseStyle: "allow-kebab-for-camel" },
    documentation: {
      caseStyle: "convert-camel-to-kebab",
      onlyRequiredInUsageLine: true,
    },
    localization: {
      text: { ...text_en, exceptionWhileParsingArguments: parseMessage },
    },
  });
}

/** What a group of commands is for. */
const GROUPS: Readonly<Record<string, string>> = {
  "":
    "Run processors: versioned programs with typed JSON inputs and file outputs",
  localctl: "Run processors on this machine",
  registry: "Look at, check and create registry entries",
};

function routes(
  menu: readonly Command[],
  prefix: readonly string[],
): RouteMap<ParseContext> {
  const depth = prefix.length;
  const names = [...new Set(menu.map(({ path }) => path[depth] ?? ""))];
  const entries = names.map((name): [string, Target] => {
    const below = menu.filter(({ path }) => path[depth] === name);
    const [only] = below;
    if (only !== undefined && only.path.length === depth + 1) {
      return [name, leaf(only)];
    }
    return [name, routes(below, [...prefix, name])];
  });
  return buildRouteMap<string, ParseContext>({
    routes: Object.fromEntries(entries),
    docs: { brief: GROUPS[prefix.join(" ")] ?? "" },
  });
}

function leaf(command: Command): Target {
  // The parser's types want to know which flags are required; here they are data.
  const flags = Object.fromEntries(
    Object.entries(command.flags).map((
      [name, flag],
    ) => [name, parameter(name, flag)]),
  ) as unknown as FlagParametersForType<AnyFlags, ParseContext>;
  return buildCommand<AnyFlags, string[], ParseContext>({
    docs: { brief: command.brief, fullDescription: about(command) },
    parameters: { flags, positional: operands(command) },
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
  const parameter = { placeholder: name, brief, parse: String };
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
  const brief = `${placeholder} · ${flag.brief}`;
  const base = { kind: "parsed", brief, placeholder, parse: String } as const;
  if (flag.kind === "list") {
    return { ...base, optional: true, variadic: true } as const;
  }
  if (flag.kind === "choice") {
    return { ...base, optional: true, parse: choice(flag) } as const;
  }
  return flag.required ? base : { ...base, optional: true } as const;
}

function choice(
  { values, older }: Extract<Flag, { kind: "choice" }>,
): (text: string) => string {
  return (text) => {
    const lower = text.toLowerCase();
    if ([...values, ...older ?? []].includes(lower)) return lower;
    throw new SyntaxError(
      `Expected one of ${values.map((value) => `"${value}"`).join(", ")}`,
    );
  };
}

function withDefaults(flags: Flags, given: AnyFlags): FlagValues<Flags> {
  const filled = Object.entries(flags).map(([name, { kind }]) => {
    const absent = kind === "list" ? [] : kind === "switch" ? false : undefined;
    return [name, given[name] ?? absent];
  });
  return Object.fromEntries(filled);
}

function parseMessage(exception: unknown): string {
  const message = exception instanceof Error
    ? exception.message
    : String(exception);
  return message.replaceAll(/^Failed to parse/gm, "Cannot parse");
}

import {
  type ApplicationText,
  ArgumentScannerError,
  formatMessageForArgumentScannerError,
} from "@stricli/core";
import type { Meant } from "./meant_commands.ts";
import { flagName } from "./flag_name.ts";

/** What the parser says about wrong lines, in the words of the house. */
export function usageText(
  meant: Meant = (_, near) => near,
): Pick<
  ApplicationText,
  "noCommandRegisteredForInput" | "exceptionWhileParsingArguments"
> {
  return {
    noCommandRegisteredForInput: ({ input, corrections }) => {
      // The parser puts names of commands in back quotes.
      const near = corrections.map((each) => each.replaceAll("`", ""));
      const what = input.startsWith("-") ? "use flag" : "find command";
      return `Cannot ${what} "${input}": there is none of this name${
        question(meant(input, near))
      }`;
    },
    exceptionWhileParsingArguments: (exception) =>
      exception instanceof ArgumentScannerError
        ? scannerMessage(exception)
        : String(exception),
  };
}

function scannerMessage(error: ArgumentScannerError): string {
  return formatMessageForArgumentScannerError(error, {
    FlagNotFoundError: ({ input, corrections }) =>
      `Cannot use flag "--${input}": the command has none of this name${
        question([...new Set(corrections.map(flagName))])
      }`,
    AliasNotFoundError: ({ input }) =>
      `Cannot use flag "-${input}": the command has none of this name`,
    ArgumentParseError: ({ externalFlagNameOrPlaceholder, input, exception }) =>
      `Cannot use ${placeOf(externalFlagNameOrPlaceholder)} "${input}": ${
        messageOf(exception)
      }`,
    UnsatisfiedFlagError: ({ externalFlagName, nextFlagName }) =>
      nextFlagName === undefined
        ? withoutFlag(externalFlagName)
        : `Cannot use --${externalFlagName}: expected a value before --${nextFlagName}`,
    UnexpectedFlagError: ({ externalFlagName, input }) =>
      `Cannot use --${externalFlagName} "${input}": the flag was given before`,
    UnexpectedPositionalError: ({ input, expectedCount }) =>
      input.startsWith("-")
        ? noFlag(input)
        : `Cannot use "${input}": expected ${
          expectedCount === 0
            ? "flags alone"
            : `at most ${expectedCount} argument`
        }`,
    UnsatisfiedPositionalError: ({ placeholder }) =>
      `Cannot go on without ${placeholder}: one is expected`,
  });
}

/** What the parser takes for no flag, but who wrote it did: `--ref=`, `--a^b`. */
function noFlag(word: string): string {
  return /^--[\w-]+=$/.test(word)
    ? `Cannot use "${word}": a value is expected after it`
    : `Cannot use flag "${word}": the command has none of this name`;
}

/** What is said when a flag is not given that must be. */
export function withoutFlag(name: string): string {
  return `Cannot go on without ${flagName(name)}: a value is expected`;
}

/** Asks whether one of several was meant; empty without any. */
export function question(meant: readonly string[]): string {
  const list = meant.map((each) => `"${each}"`).join(" or ");
  return list === "" ? "" : `, did you mean ${list}`;
}

/** Placeholders of arguments are in capitals, names of flags are not. */
function placeOf(name: string): string {
  return /[A-Z]/.test(name) ? name : `--${name}`;
}

function messageOf(exception: unknown): string {
  return exception instanceof Error ? exception.message : String(exception);
}

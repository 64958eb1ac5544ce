import { type InputCompletion, proposeCompletions } from "@stricli/core";
import { application, type ParseContext } from "../application.ts";
import { settingsAround } from "../settings/find_settings.ts";
import type { World } from "../world.ts";
import { type Known, knownWords } from "./known_words.ts";

/**
 * Prints what can stand in place of the last word, one a line: the word, a tab, what it means. A line
 * `:file` or `:folder` with a tab and the beginning of a path asks the shell for names of files. Always
 * answers 0, and nothing when something is wrong: it is called while somebody types.
 */
export async function complete(world: World): Promise<number> {
  try {
    const lines = await proposals(world.args.slice(1), world);
    const text = lines.map((line) => `${line}\n`).join("");
    if (text !== "") world.stdout.write(text);
  } catch {
    // Nobody could read a message here.
  }
  return 0;
}

async function proposals(
  words: readonly string[],
  world: World,
): Promise<readonly string[]> {
  const { MENU } = await import("../menu.ts");
  const { toolkit: { program, version } } = world;
  const reader = { program, columns: 80 };
  const app = application(MENU, { version, reader });
  const { before, head, partial } = lastWord(words);
  const settings = await settingsAround(world);
  const known = knownWords(
    before,
    { ...world, ...settings && { settings } },
    partial,
  );
  const context: ParseContext = {
    process: { stdout: world.stdout, stderr: world.stderr },
    world,
    accept: () => {},
    complete: known.complete,
  };
  const found = await proposeCompletions(app, [...before, partial], context);
  return [...known.directives(), ...shown(found, partial, known)].map((line) =>
    line.startsWith(":") ? line : `${head}${line}`
  );
}

/** The word to complete; `--flag=value` is the flag and the value. */
function lastWord(words: readonly string[]) {
  const last = words.at(-1) ?? "";
  const before = words.slice(0, -1);
  const [, flag, value] = /^(--[\w-]+)=(.*)$/s.exec(last) ?? [];
  if (flag === undefined || value === undefined) {
    return { before, head: "", partial: last };
  }
  return { before: [...before, flag], head: `${flag}=`, partial: value };
}

/** Flags are shown when one is begun, or when there is nothing else. */
function shown(
  found: readonly InputCompletion[],
  partial: string,
  known: Known,
): readonly string[] {
  const values = found.filter(({ completion }) => !completion.startsWith("-"));
  const some = partial.startsWith("-") ||
      (values.length === 0 && known.directives().length === 0)
    ? found
    : values;
  return some.map((each) =>
    `${each.completion}\t${known.meaning(each.completion) ?? meaning(each)}`
  );
}

function meaning({ kind, brief }: InputCompletion): string {
  return kind === "argument:value" ? "" : brief;
}

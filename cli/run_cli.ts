import { run, type StricliProcess } from "@stricli/core";
import { application, type Request } from "./application.ts";
import type { Command } from "./command.ts";
import { later } from "./command_module.ts";
import { helpColumns } from "./help.ts";
import type { Meant } from "./meant_commands.ts";
import { printable } from "./printable.ts";
import { COMPLETE, typed } from "./program.ts";
import { withoutFlag } from "./usage_text.ts";
import type { World } from "./world.ts";

/** Parses the line, makes sure of the permissions, does the work; answers the exit code, at once when killed. */
export async function runCli(world: World): Promise<number> {
  if (world.args[0] === COMPLETE) {
    // Without the permission to read its module nothing is proposed.
    return await completion().then(({ complete }) => complete(world), () => 0);
  }
  try {
    const request = await parse(world);
    if (typeof request === "number") return request;
    const { conclude } = await concluding();
    return await conclude(request);
  } catch (error) {
    const { asFailure, tellFailure } = await concluding();
    return tellFailure(asFailure(error, world), { flags: {}, world });
  }
}

const concluding = () => import("./conclude.ts");

const completion = later<typeof import("./completion/complete.ts")>(
  "./completion/complete.ts",
);

/** The parsed request, or the exit code when help or a mistake was printed instead. */
export async function parse(world: World): Promise<Request | number> {
  const { MENU } = await import("./menu.ts");
  // Most lines are right. What a wrong one may have meant takes longer than all the rest, so that it is looked for then.
  const read = await readLine(world, namedBy(world.args, MENU));
  const { errors, exitCode, help, ...rest } = read.errors.length === 0
    ? read
    : await readWrongLine(world, MENU);
  let { request } = rest;
  if (help !== "") world.stdout.write(help);
  if (errors.length === 0 && request === undefined) return 0;
  if (request !== undefined) {
    const { missingFlag, withSettings } = await import(
      "./settings/with_settings.ts"
    );
    request = await withSettings(request);
    const missing = missingFlag(request);
    if (missing === undefined) return request;
    errors.push(withoutFlag(missing));
  }
  const message = errors.join("").trimEnd();
  const shown = world.stderr.color
    ? `${STRONG_RED}${printable(message)}${PLAIN}`
    : printable(message);
  world.stderr.write(`${shown}\n${helpHint(world, MENU)}\n`);
  if (world.args.includes("--json")) {
    const error = { code: "ERR_USAGE", message };
    world.stdout.write(
      `${
        JSON.stringify({ error, execution_id: "", meta: {}, status: "error" })
      }\n`,
    );
  }
  const wrong = request !== undefined || exitCode === -5 ||
    exitCode === -4;
  return wrong ? 2 : 70;
}

const STRONG_RED = "\x1b[1m\x1b[31m";
const PLAIN = "\x1b[39m\x1b[22m";

interface ReadLine {
  readonly request: Request | undefined;
  /** The help that the line asks for. */
  readonly help: string;
  /** What the parser says of the line. */
  readonly errors: string[];
  readonly exitCode: StricliProcess["exitCode"];
}

/** Reads a line of which it is known that it is wrong. */
async function readWrongLine(
  world: World,
  menu: readonly Command[],
): Promise<ReadLine> {
  const { meantIn } = await import("./meant_commands.ts");
  return await readLine(
    world,
    menu,
    meantIn(world, menu.map(({ path }) => path)),
  );
}

/** Reads the line. What the parser writes is only gathered: it takes any trouble with that for its own. */
async function readLine(
  world: World,
  menu: readonly Command[],
  meant?: Meant,
): Promise<ReadLine> {
  let request: Request | undefined;
  const errors: string[] = [];
  const help: string[] = [];
  // The parser leaves an exit code that is set alone.
  const process: StricliProcess = {
    stdout: gathering(help),
    stderr: gathering(errors),
    exitCode: null,
    env: {},
  };
  const accept = (each: Request) => void (request = each);
  const { program, version } = world.toolkit;
  const reader = { program, columns: helpColumns(world.stdout.columns()) };
  const parser = application(menu, { version, reader, meant });
  await run(parser, world.args, { process, world, accept });
  return { request, help: help.join(""), errors, exitCode: process.exitCode };
}

/** The command that a line begins with, or the whole menu when it names none. */
function namedBy(
  args: readonly string[],
  menu: readonly Command[],
): readonly Command[] {
  const named = menu.filter(({ path }) =>
    path.every((word, i) => args[i] === word)
  );
  return named.length === 0 ? menu : named;
}

/** A stream without colours: what is in the texts is known only here. */
function gathering(texts: string[]) {
  return {
    write: (text: string) => void texts.push(text),
    getColorDepth: () => 1,
  };
}

/** How to see the help of the command, as far as the line names one; of a group, what is in it. */
function helpHint(
  { args, toolkit }: World,
  menu: readonly Command[],
): string {
  const wrong = args.findIndex((word, i) =>
    !menu.some(({ path }) =>
      path[i] === word && path.slice(0, i).every((each, j) => each === args[j])
    )
  );
  const words = args.slice(0, wrong < 0 ? args.length : wrong);
  const members = words.length === 0
    ? []
    : menu.flatMap(({ path }) =>
      words.every((word, i) => path[i] === word)
        ? path.slice(words.length, words.length + 1)
        : []
    );
  const list = members.length === 0 ? "" : `: ${members.join(", ")}`;
  return `Run "${typed(toolkit, words)} --help" to see what there is${list}`;
}

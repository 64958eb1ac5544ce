import { Failure, nearest } from "../../schemas/mod.ts";
import type { CommandInput } from "../command.ts";
import { meantCommands } from "../meant_commands.ts";
import { question } from "../usage_text.ts";
import { printJson } from "../print_json.ts";
import { menuJson } from "../menu_json.ts";
import { runCli } from "../run_cli.ts";

interface Flags {
  readonly json: boolean;
}

/** Shows the help of commands, for people or as data. */
export async function run(
  { flags, operands, world }: CommandInput<Flags>,
): Promise<number> {
  const { MENU } = await import("../menu.ts");
  const named = MENU.filter(({ path }) =>
    operands.every((word, i) => path[i] === word)
  );
  if (named.length === 0) throw unknown(operands, MENU);
  if (!flags.json) {
    return await runCli({ ...world, args: [...operands, "--help"] });
  }
  printJson(world, menuJson(named));
  return 0;
}

function unknown(
  operands: readonly string[],
  menu: readonly { readonly path: readonly string[] }[],
): Failure {
  const line = operands.join(" ");
  const paths = menu.map(({ path }) => path);
  const near = nearest(line, paths.map((path) => path.join(" ")));
  const meant = meantCommands(
    operands.at(-1) ?? "",
    paths,
    near === undefined ? [] : [near],
  );
  return new Failure(
    "ERR_USAGE",
    `Cannot find command "${line}": there is none of this name${
      question(meant)
    }`,
  );
}

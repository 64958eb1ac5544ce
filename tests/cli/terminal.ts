import { join } from "node:path";

const MAIN = join(import.meta.dirname ?? ".", "../../main.ts");

export interface TerminalOptions {
  readonly cwd: string;
  readonly columns?: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** Everything that the real program writes to a terminal of its own, standard output and error alike. */
export async function inTerminal(
  args: readonly string[],
  { cwd, columns = 80, env = {} }: TerminalOptions,
): Promise<string> {
  const { PATH = "", HOME = "", DENO_DIR } = Deno.env.toObject();
  const line = [Deno.execPath(), "run", "--quiet", "--frozen", "-A", MAIN]
    .concat(args).map(quote).join(" ");
  const { stdout } = await new Deno.Command("script", {
    args: ["-qec", `stty cols ${columns}; ${line}`, "/dev/null"],
    cwd,
    clearEnv: true,
    env: {
      PATH,
      HOME,
      TERM: "xterm",
      SHELL: "/bin/sh",
      ...(DENO_DIR === undefined ? {} : { DENO_DIR }),
      ...env,
    },
    stdin: "null",
    stderr: "inherit",
  }).output();
  return new TextDecoder().decode(stdout);
}

function quote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

import { join } from "node:path";

const MAIN = join(import.meta.dirname ?? ".", "../../main.ts");

export interface TerminalOptions {
  readonly cwd: string;
  readonly columns?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** Flags of `deno run`; default `-A`. */
  readonly flags?: readonly string[];
  /** What is typed whenever Deno asks for a permission; default nothing. */
  readonly answer?: string;
  /** Keys that are struck when Deno asks, and not before; who still asks after that is told no. */
  readonly atQuestion?: string;
}

/** Everything that the real program writes to a terminal of its own, standard output and error alike. */
export async function inTerminal(
  args: readonly string[],
  { cwd, columns = 80, env = {}, flags = ["-A"], answer, atQuestion }:
    TerminalOptions,
): Promise<string> {
  const { PATH = "", HOME = "", DENO_DIR } = Deno.env.toObject();
  const words = ["run", "--quiet", "--frozen", ...flags, MAIN, ...args];
  const line = [Deno.execPath(), ...words].map(quote).join(" ");
  const child = new Deno.Command("script", {
    args: ["-qec", `stty cols ${columns}; exec ${line}`, "/dev/null"],
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
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const keyboard = child.stdin.getWriter();
  let typing = answer === undefined ? undefined : type(answer, keyboard);
  if (answer === undefined && atQuestion === undefined) await keyboard.close();
  let shown = "";
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    shown += text;
    if (atQuestion !== undefined && text.includes("Allow?")) {
      typing ??= strike(atQuestion, keyboard);
    }
  }
  await typing?.stop();
  await child.status;
  return shown;
}

/** Types a line again and again: what is typed before a question is asked, Deno throws away. */
function type(
  line: string,
  keyboard: WritableStreamDefaultWriter<Uint8Array>,
): { readonly stop: () => Promise<void> } {
  const bytes = new TextEncoder().encode(`${line}\n`);
  // A terminal that is gone takes no more.
  const timer = setInterval(() => keyboard.write(bytes).catch(() => {}), 100);
  return {
    async stop() {
      clearInterval(timer);
      await keyboard.close().catch(() => {});
    },
  };
}

/** Strikes keys once a question waits for them, for before that Deno throws them away. */
function strike(
  keys: string,
  keyboard: WritableStreamDefaultWriter<Uint8Array>,
): { readonly stop: () => Promise<void> } {
  const write = (text: string) => {
    keyboard.write(new TextEncoder().encode(text)).catch(() => {});
  };
  const struck = setTimeout(() => write(keys), 300);
  const refusing = setInterval(() => write("n\n"), 2000);
  return {
    async stop() {
      clearTimeout(struck);
      clearInterval(refusing);
      await keyboard.close().catch(() => {});
    },
  };
}

function quote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

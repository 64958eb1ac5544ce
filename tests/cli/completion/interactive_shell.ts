import { join } from "node:path";

export type Shell = "bash" | "zsh" | "fish";

/** A shell on a terminal of its own, in which the completion script is loaded. */
export interface InteractiveShell extends AsyncDisposable {
  /** Types keys, presses Enter and answers the words that the program was called with. */
  readonly type: (keys: string) => Promise<readonly string[]>;
}

const MAIN = join(import.meta.dirname ?? ".", "../../../main.ts");
const PROMPT = "READY> ";
/** Nothing is measured with it: it ends a test that would wait for ever. */
const SAFETY_MS = 60_000;

/** Starts it in a folder that holds `bin/` and what the shell reads at start. */
export async function interactiveShell(
  shell: Shell,
  dir: string,
): Promise<InteractiveShell> {
  const run = `'${Deno.execPath()}' run -A '${MAIN}' --as`;
  await writePrograms(dir, run);
  await writeStart(shell, dir, run);
  const child = new Deno.Command("script", {
    args: ["-qec", `stty cols 200; ${START[shell]}`, "/dev/null"],
    cwd: dir,
    clearEnv: true,
    env: {
      PATH: `${join(dir, "bin")}:${Deno.env.get("PATH") ?? ""}`,
      HOME: dir,
      DENO_DIR: await denoDir(),
      ZDOTDIR: dir,
      TERM: "xterm",
      SHELL: "/bin/sh",
      NO_COLOR: "1",
    },
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const writer = child.stdin.getWriter();
  const screen = screenOf(child.stdout);
  await screen.until(PROMPT);
  return {
    type: async (keys) => {
      await writer.write(new TextEncoder().encode(`${keys}\r`));
      const text = await screen.until("GOT-END");
      await screen.until(PROMPT);
      return [...text.matchAll(/GOT<(.*?)>/gs)].map(([, word]) => word ?? "");
    },
    [Symbol.asyncDispose]: async () => {
      await writer.write(new TextEncoder().encode("exit\r")).catch(() => {});
      await writer.close().catch(() => {});
      await screen.end;
      await child.status;
    },
  };
}

const START: Readonly<Record<Shell, string>> = {
  bash: "exec bash --noprofile --rcfile start.bash -i",
  zsh: "exec zsh -i",
  fish: "exec fish --no-config -i -C 'source start.fish'",
};

/** Programs that complete as the real one does, and otherwise tell their words. */
async function writePrograms(dir: string, run: string): Promise<void> {
  await Deno.mkdir(join(dir, "bin"), { recursive: true });
  for (const name of ["theoryctl", "localctl", "modalctl"]) {
    const text = `#!/bin/sh
[ "$1" = __complete ] && exec ${run} ${name} "$@"
printf 'GOT<%s>' "$@"
echo GOT-END
`;
    await Deno.writeTextFile(join(dir, "bin", name), text, { mode: 0o755 });
  }
}

async function writeStart(
  shell: Shell,
  dir: string,
  run: string,
): Promise<void> {
  const script = `${run} theoryctl completions ${shell}`;
  const files: Readonly<Record<Shell, readonly [string, string]>> = {
    bash: ["start.bash", `source <(${script})\nPS1='${PROMPT}'\n`],
    zsh: [
      ".zshrc",
      `autoload -Uz compinit && compinit -u\nsource <(${script})\nPROMPT='${PROMPT}'\n`,
    ],
    fish: [
      "start.fish",
      `${script} | source
function fish_prompt; printf '${PROMPT}'; end
function fish_greeting; end
`,
    ],
  };
  const [name, text] = files[shell];
  await Deno.writeTextFile(join(dir, name), text);
}

async function denoDir(): Promise<string> {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json"],
  }).output();
  return JSON.parse(new TextDecoder().decode(stdout)).denoDir;
}

/** What is shown on the terminal, as it comes. */
function screenOf(stream: ReadableStream<Uint8Array>) {
  let text = "";
  let changed = Promise.withResolvers<void>();
  const end = (async () => {
    for await (const piece of stream.pipeThrough(new TextDecoderStream())) {
      text += piece;
      changed.resolve();
      changed = Promise.withResolvers();
    }
  })();
  /** Everything up to a text, which is then gone. */
  const until = async (mark: string): Promise<string> => {
    const late = AbortSignal.timeout(SAFETY_MS);
    while (!text.includes(mark)) {
      await Promise.race([
        changed.promise,
        new Promise((_, reject) => {
          late.onabort = () =>
            reject(new Error(`Cannot find ${mark} in ${JSON.stringify(text)}`));
        }),
      ]);
    }
    const at = text.indexOf(mark) + mark.length;
    const before = text.slice(0, at);
    text = text.slice(at);
    return before;
  };
  return { until, end };
}

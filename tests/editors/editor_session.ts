import { editorEnvironment } from "./editor_environment.ts";

/** One thing that a session saw. */
export interface Sight {
  readonly name: string;
  readonly value: unknown;
}

export interface SessionOptions {
  readonly program: string;
  /** The settings of the person, which are in a file of this name in the home folder. */
  readonly settings: { readonly name: string; readonly text: string };
  /** Its arguments, given that file. */
  readonly args: (settings: string) => readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** An editor that works through a script, without a screen. */
export class EditorSession implements AsyncDisposable {
  readonly process: Deno.ChildProcess;
  readonly #home: string;
  readonly #sights: AsyncIterator<Sight>;
  readonly #stderr: Promise<string>;

  private constructor(process: Deno.ChildProcess, home: string) {
    this.process = process;
    this.#home = home;
    this.#sights = sightsOf(process.stdout);
    this.#stderr = new Response(process.stderr).text();
  }

  static async start(options: SessionOptions): Promise<EditorSession> {
    const { program, settings, args, cwd, env } = options;
    const home = await Deno.makeTempDir({ prefix: "theory-" });
    const file = `${home}/${settings.name}`;
    await Deno.writeTextFile(file, settings.text);
    const process = new Deno.Command(program, {
      args: [...args(file)],
      cwd,
      clearEnv: true,
      env: { ...await editorEnvironment(home), ...env },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    return new EditorSession(process, home);
  }

  /** What is seen next, which must have a name. */
  async see(name: string): Promise<unknown> {
    const { value, done } = await this.#sights.next();
    if (!done && value.name === name) return value.value;
    const found = done ? await this.#stderr : JSON.stringify(value);
    throw new Error(`Cannot see "${name}": ${found}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#sights.return?.();
    await stopped(this.process);
    await this.#stderr;
    await Deno.remove(this.#home, { recursive: true });
  }
}

/** One that has ended already is no error. */
async function stopped(process: Deno.ChildProcess): Promise<void> {
  try {
    process.kill("SIGKILL");
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
  await process.status;
}

async function* sightsOf(
  stream: ReadableStream<Uint8Array>,
): AsyncGenerator<Sight> {
  let text = "";
  for await (const piece of stream.pipeThrough(new TextDecoderStream())) {
    const lines = (text + piece).split("\n");
    text = lines.pop() ?? "";
    for (const line of lines) yield JSON.parse(line);
  }
}

import { denoCommand } from "../adapters/mod.ts";
import { ROOT } from "./root.ts";

/** The main module, as it is given to `deno run`. */
export const MAIN = `${ROOT}main.ts`;

/** The Deno to measure: this one, where that may be run. */
const DENO = await denoCommand();

/** A process that ended well. */
export interface Done {
  /** Milliseconds from its start to its end. */
  readonly ms: number;
  readonly stdout: string;
}

/** A process that was looked at while it lived. */
export interface Watched extends Done {
  /** The most memory it had, in bytes; 0 where `/proc` does not tell. */
  readonly peak: number;
}

/**
 * The arguments of deno that run a command with the permissions that it asks for, and no more: with more it would
 * go on in a Worker. Runs it once.
 */
export async function commandLine(
  words: readonly string[],
  cwd: string,
  main = MAIN,
): Promise<readonly string[]> {
  return (await granted(words, { cwd, main, flags: [] })).args;
}

/** Runs a command with the permissions that it asks for; answers what it printed. */
export async function theoryctl(
  words: readonly string[],
  cwd: string,
  main = MAIN,
): Promise<string> {
  return (await granted(words, { cwd, main, flags: [] })).stdout;
}

async function granted(
  words: readonly string[],
  { cwd, main, flags }: {
    readonly cwd: string;
    readonly main: string;
    readonly flags: readonly string[];
  },
): Promise<{ readonly args: readonly string[]; readonly stdout: string }> {
  const args = ["run", "--no-prompt", ...flags, main, ...words];
  const { code, stdout, stderr } = await output(args, cwd);
  if (code === 0) return { args, stdout };
  const asked = /^Run: deno run (.*?) \S*main\.[jt]s /m.exec(stderr)?.[1];
  if (code !== 10 || asked === undefined) throw failed(args, stderr);
  return await granted(words, { cwd, main, flags: asked.split(" ") });
}

async function output(args: readonly string[], cwd: string) {
  const { code, stdout, stderr } = await command(args, cwd).output();
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: decode(stdout), stderr: decode(stderr) };
}

/** Runs deno once and measures it. Throws when it fails. */
export async function measured(
  args: readonly string[],
  cwd: string,
): Promise<Done> {
  const start = performance.now();
  return await ended(command(args, cwd).spawn(), { args, start });
}

/** As {@linkcode measured}, and looks at the memory of the process, which holds it up a little. */
export async function watched(
  args: readonly string[],
  cwd: string,
): Promise<Watched> {
  const start = performance.now();
  const child = command(args, cwd).spawn();
  using watch = watchMemory(child.pid);
  const done = await ended(child, { args, start });
  return { ...done, peak: watch.peak() };
}

async function ended(
  child: Deno.ChildProcess,
  { args, start }: { readonly args: readonly string[]; readonly start: number },
): Promise<Done> {
  const { code, stdout, stderr } = await child.output();
  const ms = performance.now() - start;
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  if (code !== 0) throw failed(args, decode(stderr));
  return { ms, stdout: decode(stdout) };
}

function command(args: readonly string[], cwd: string): Deno.Command {
  return new Deno.Command(DENO, {
    args: [...args],
    cwd,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    env: { NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" },
  });
}

/** Looks at the high-water mark of a process while it lives: once it has ended it is gone. */
function watchMemory(
  pid: number,
): Disposable & { readonly peak: () => number } {
  let peak = 0;
  const look = () => {
    try {
      const status = Deno.readTextFileSync(`/proc/${pid}/status`);
      const kilobytes = /^VmHWM:\s*(\d+) kB$/m.exec(status)?.[1];
      peak = Math.max(peak, Number(kilobytes ?? 0) * 1024);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  };
  const timer = setInterval(look, 20);
  return {
    peak: () => peak,
    [Symbol.dispose]: () => clearInterval(timer),
  };
}

function failed(args: readonly string[], stderr: string): Error {
  return new Error(`Cannot run "deno ${args.join(" ")}": ${stderr}`);
}

import { dirname } from "node:path";

/** A program that runs until it is ended. */
export interface Background extends AsyncDisposable {
  readonly pid: number;
}

export interface BackgroundOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Gets all that it prints. */
  readonly log: string;
}

/** Starts a program in a session of its own, so that Ctrl-C in a terminal does not end it before its containers. */
export function background(
  [program = "", ...args]: readonly string[],
  { env = {}, log }: BackgroundOptions,
): Background {
  const child = new Deno.Command("sh", {
    args: ["-c", 'exec "$@" >"$LOG" 2>&1', "sh", program, ...args],
    env: { ...env, LOG: log },
    // Podman leaves a file in its working folder when a container uses up its memory.
    cwd: dirname(log),
    stdin: "null",
    detached: true,
  }).spawn();
  return {
    pid: child.pid,
    [Symbol.asyncDispose]: () => end(child),
  };
}

/** Tries until it does not throw. Throws what it threw last after a minute, with the end of the log. */
export async function eventually<T>(
  attempt: () => Promise<T>,
  log: string,
): Promise<T> {
  const last = Date.now() + 60_000;
  while (true) {
    try {
      return await attempt();
    } catch (cause) {
      if (Date.now() > last) {
        throw new Error((await Deno.readTextFile(log)).slice(-2000), { cause });
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

async function end(child: Deno.ChildProcess): Promise<void> {
  const late = setTimeout(() => child.kill("SIGKILL"), 30_000);
  try {
    child.kill("SIGTERM");
  } catch {
    // It ended by itself.
  }
  await child.status;
  clearTimeout(late);
}

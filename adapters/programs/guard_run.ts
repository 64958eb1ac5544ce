import type { EngineSocket } from "../containers/addresses.ts";
import type { Guarded } from "./guarded.ts";
import { DONE } from "./guarded.ts";

/** What starting a guard takes. */
export interface GuardParts {
  /** What to spawn; see `denoCommand`. */
  readonly denoCommand: string;
  /** Environment that lets Deno find its cache. */
  readonly environment: Readonly<Record<string, string>>;
}

/** One that watches. */
export interface Guard {
  /** There is nothing to watch any more; resolves when it has ended. */
  end(): Promise<void>;
  /** Something is left, which it is to end now. */
  leave(): void;
}

/**
 * Starts a program that ends the containers of a label as soon as this process is gone, however that comes: the system
 * closes its standard input then. It is in a session of its own, so that Ctrl-C does not reach it.
 */
export function guardRun(parts: GuardParts, guarded: Guarded): Guard {
  const child = new Deno.Command(parts.denoCommand, {
    args: [
      ...["run", "--quiet", "--no-prompt", "--no-config", "--no-lock"],
      ...permissionsFor(guarded.at),
      new URL("./guard.ts", import.meta.url).href,
    ],
    clearEnv: true,
    env: { ...parts.environment },
    stdin: "piped",
    stdout: "null",
    stderr: "null",
    detached: true,
  }).spawn();
  child.unref();
  const writer = child.stdin.getWriter();
  const say = (line: string) =>
    writer.write(new TextEncoder().encode(`${line}\n`)).catch(() => {});
  void say(JSON.stringify(guarded));
  return {
    leave: () => void writer.close().catch(() => {}),
    async end() {
      child.ref();
      await say(DONE);
      await writer.close().catch(() => {});
      await child.status;
    },
  };
}

function permissionsFor(at: EngineSocket): readonly string[] {
  return "path" in at
    ? [
      `--allow-net=unix:${at.path},127.0.0.1`,
      `--allow-read=${at.path}`,
      `--allow-write=${at.path}`,
    ]
    : [`--allow-net=${at.hostname}:${at.port}`];
}

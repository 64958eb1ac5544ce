import type { ServerConfig, ServerReady } from "../../schemas/mod.ts";
import { Failure, redactor } from "../../schemas/mod.ts";
import type { SnapshotEntry } from "../ports.ts";
import type { SandboxParts } from "./parts.ts";
import { pause } from "./pause.ts";
import { readReady } from "./ready.ts";
import { startFailure } from "./start_failure.ts";
import type { Tail } from "./tail.ts";
import { tailOf } from "./tail.ts";

/** What is asked of a new server. */
export interface SpawnRequest {
  readonly processor: SnapshotEntry;
  readonly config: ServerConfig;
  /** Environment names with values that it gets besides the engine's own. */
  readonly secrets: ReadonlyMap<string, string>;
  readonly waitMs: number;
  readonly signal: AbortSignal;
  /** Called when its process has been started. */
  readonly onWait?: (() => void) | undefined;
}

/** A server that listens. */
export interface Server {
  readonly ready: ServerReady["ready"];
  readonly child: Deno.ChildProcess;
  /** Standard input: the server of an ephemeral sandbox ends when it is closed. */
  readonly stdin: WritableStreamDefaultWriter<Uint8Array>;
  readonly stderr: Tail;
  /** From now on the end of this command, even a sudden one, does not end it. */
  keep(): Promise<void>;
}

/**
 * Starts a server and waits until it listens. Its configuration, token included, goes over standard
 * input; its environment holds what is named and nothing else. It runs in a session of its own, so
 * that Ctrl-C reaches the command alone, which then ends or keeps it as it means to. When the server
 * is not ready, it is ended and `ERR_START`, `ERR_START_TIMEOUT`, `ERR_PORT` or `ERR_INTERRUPTED` is thrown.
 */
export async function spawnServer(
  parts: SandboxParts,
  request: SpawnRequest,
): Promise<Server> {
  const child = await spawn(parts, request);
  const onKilled = () => endAtOnce(child);
  parts.killed?.addEventListener("abort", onKilled);
  const stderr = tailOf(child.stderr);
  const stdin = child.stdin.getWriter();
  tell(stdin, request.config);
  const ready = readReady(child.stdout);
  request.onWait?.();
  const outcome = await firstOf(ready, request);
  if (typeof outcome === "object") {
    const keep = async () => {
      parts.killed?.removeEventListener("abort", onKilled);
      await stdin.write(new TextEncoder().encode("keep\n"));
      await stdin.close();
    };
    return { ready: outcome, child, stdin, stderr, keep };
  }
  endAtOnce(child);
  parts.killed?.removeEventListener("abort", onKilled);
  const [{ code }] = await Promise.all([child.status, stderr.done]);
  await stdin.close().catch(ignoreBrokenPipe);
  throw startFailure(outcome, {
    ref: request.config.ref,
    port: request.config.port,
    waitMs: request.waitMs,
    code,
    stderr: redactor(request.secrets.values())(stderr.text()),
  });
}

async function spawn(
  parts: SandboxParts,
  { processor, config, secrets }: SpawnRequest,
): Promise<Deno.ChildProcess> {
  const { flags, codeDirs } = await dependencies(parts, processor);
  const permissions = parts.permissions(config, codeDirs);
  const command = new Deno.Command(parts.denoCommand, {
    args: ["run", "--quiet"]
      .concat(flags, permissions.flags, parts.serverModule),
    ...(permissions.cwd === undefined ? {} : { cwd: permissions.cwd }),
    clearEnv: true,
    env: {
      ...parts.environment,
      NO_COLOR: "1",
      DENO_NO_UPDATE_CHECK: "1",
      ...Object.fromEntries(secrets),
    },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
    detached: true,
  });
  try {
    return command.spawn();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw noDeno(parts, error);
  }
}

function noDeno({ denoCommand }: SandboxParts, cause: unknown): Failure {
  return new Failure(
    "ERR_ENGINE_UNAVAILABLE",
    `Cannot use the sandbox: the program "${denoCommand}" is not there`,
    { hint: "Put the folder of deno into PATH", cause },
  );
}

/** How the modules of a processor are found: flags for Deno, and the folders that they are in. */
interface Dependencies {
  readonly flags: readonly string[];
  readonly codeDirs: readonly string[];
}

/** Shipped processors keep to the toolkit's lock; others have their own dependencies and no lock of ours. */
async function dependencies(
  { toolkitImports }: SandboxParts,
  { shipped, dir }: SnapshotEntry,
): Promise<Dependencies> {
  if (shipped) return { flags: ["--frozen"], codeDirs: [dir] };
  const { foreignImports, importMap } = await loadImportMap();
  const foreign = await foreignImports(dir);
  if (foreign === undefined) return { flags: ["--no-lock"], codeDirs: [dir] };
  const map = JSON.stringify(importMap(toolkitImports, foreign));
  const url = `data:application/json,${encodeURIComponent(map)}`;
  return {
    flags: ["--no-lock", `--import-map=${url}`],
    codeDirs: [dir, foreign.dir],
  };
}

/** By a computed address, because what Deno sees as an import it reads at start, and it reads JSON with comments. */
function loadImportMap(): Promise<typeof import("./import_map.ts")> {
  return import(new URL("./import_map.ts", import.meta.url).href);
}

/** Not awaited: a server that dies before it reads is found by its standard output ending. */
function tell(
  stdin: WritableStreamDefaultWriter<Uint8Array>,
  config: ServerConfig,
): void {
  const line = `${JSON.stringify(config)}\n`;
  stdin.write(new TextEncoder().encode(line)).catch(ignoreBrokenPipe);
}

async function firstOf(
  ready: Promise<ServerReady["ready"] | undefined>,
  { waitMs, signal }: SpawnRequest,
): Promise<ServerReady["ready"] | "died" | "late" | "interrupted"> {
  const settled = new AbortController();
  const limit = pause(waitMs, AbortSignal.any([signal, settled.signal]))
    .then(() => "late" as const, () => "interrupted" as const);
  try {
    return await Promise.race([ready, limit]) ?? "died";
  } finally {
    settled.abort();
  }
}

/** Ends a process that this one has started, without asking it. */
export function endAtOnce(child: Deno.ChildProcess): void {
  try {
    child.kill("SIGKILL");
  } catch (error) {
    // It has ended already.
    if (!(error instanceof TypeError)) throw error;
  }
}

function ignoreBrokenPipe(): void {}

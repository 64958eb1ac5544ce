import type { ConfigInput } from "./config_line.ts";
import type { ServerParts } from "./http_run.ts";
import { openLog } from "./log.ts";
import type { LogStream } from "./log.ts";
import { openRunHost } from "./run_host.ts";
import type { RunHostOptions } from "./run_host.ts";
import { redactor, SERVER_LOCK } from "./schemas.ts";
import type { Entry, ServerConfig, ServerReady } from "./schemas.ts";
import { createRoutes, internalError } from "./server.ts";
import type { ServerHooks } from "./server.ts";

/** Milliseconds that open connections have to end once the server is told to. */
const CLOSE_MS = 3_000;

/** Whom a server talks to. */
export interface ServerVoice {
  /** Gets log lines, unless a file is configured. */
  readonly log: LogStream;
  /** Called once, when it listens. */
  readonly ready: (ready: ServerReady) => void;
}

/** Serves until told to end. Needs the permissions of `serverPermissions`. */
export async function runServer(
  input: ConfigInput,
  voice: ServerVoice,
): Promise<void> {
  const { config } = input;
  using _held = holdRuns(config);
  const options = hostOptions(config, voice);
  const ending = new AbortController();
  const parts: ServerParts = {
    options,
    host: openRunHost(options),
    ending: ending.signal,
  };
  const stop = Promise.withResolvers<string>();
  const unlisten = onSignals(config, stop.resolve);
  const talks = new Set<Promise<unknown>>();
  const server = listen(parts, {
    onReady: voice.ready,
    onShutdown: () => stop.resolve("shutdown"),
    onTalk(over) {
      talks.add(over);
      over.then(() => talks.delete(over));
    },
  });
  let wanted = !config.endWithStdin;
  // Whoever waits for this server connects meanwhile.
  parts.host.prepare();
  input.ended.then(({ kept }) => {
    wanted &&= config.awaitKeep !== true || kept;
    if (!wanted) stop.resolve("input ended");
  });
  parts.host.retired.then(stop.resolve);
  const reason = await stop.promise;
  options.log("info", "server.stop", { reason });
  ending.abort();
  // Shutting down first would close sockets before their runs have answered, and a stream that nobody reads any more
  // is no connection that shutting down waits for.
  await settle([parts.host.close(), ...talks]);
  await settle([server.shutdown()]);
  unlisten();
  await input.cancel();
  if (!wanted) await removeRuns(config);
}

/**
 * Locks a file among the runs: as long as it is locked, the runs there are those of a living server. The
 * system unlocks it when the process ends, however that comes.
 */
function holdRuns({ runsDir }: ServerConfig): Disposable {
  const path = `${runsDir}/${SERVER_LOCK}`;
  const options = { create: true, write: true, mode: 0o600 } as const;
  const file = Deno.openSync(path, options);
  file.lockSync(true);
  return {
    [Symbol.dispose]() {
      removeIfThere(path);
      file.close();
    },
  };
}

function removeIfThere(path: string): void {
  try {
    Deno.removeSync(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

/** Nobody else may be left to do it: the command that started this server may have been killed. */
async function removeRuns({ runsDir }: ServerConfig): Promise<void> {
  try {
    await Deno.remove(runsDir, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

function hostOptions(
  config: ServerConfig,
  voice: ServerVoice,
): RunHostOptions {
  const secrets = readSecrets(config.secrets);
  const redact = redactor(Object.values(secrets));
  const log = openLog(config, { redact, plain: voice.log });
  const entry = config.entry as unknown as Entry;
  return { config, entry, secrets, log };
}

function readSecrets(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => {
    const value = Deno.env.get(name);
    return value === undefined || value === "" ? [] : [[name, value]];
  }));
}

function listen(
  parts: ServerParts,
  hooks: ServerHooks & { readonly onReady: ServerVoice["ready"] },
): Deno.HttpServer {
  const { hostname, port, digest } = parts.options.config;
  const routes = createRoutes(parts, hooks);
  const onError = (error: unknown) => internalError(error, parts);
  const onListen = (address: Deno.NetAddr) => {
    hooks.onReady({ ready: { port: address.port, pid: Deno.pid } });
    parts.options.log("info", "server.start", { port: address.port, digest });
  };
  return Deno.serve({ hostname, port, onListen, onError }, routes);
}

/** Ctrl-C goes to a whole terminal: a server that ends with its input lets its parent decide. */
function onSignals(
  { endWithStdin }: ServerConfig,
  stop: (reason: string) => void,
): () => void {
  const onTerm = () => stop("SIGTERM");
  const onInt = () => endWithStdin ? undefined : stop("SIGINT");
  Deno.addSignalListener("SIGTERM", onTerm);
  Deno.addSignalListener("SIGINT", onInt);
  return () => {
    Deno.removeSignalListener("SIGTERM", onTerm);
    Deno.removeSignalListener("SIGINT", onInt);
  };
}

/** Waits for what is open, for a while. */
async function settle(open: readonly Promise<unknown>[]): Promise<void> {
  const { promise: late, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, CLOSE_MS);
  await Promise.race([Promise.all(open), late]);
  clearTimeout(timer);
}

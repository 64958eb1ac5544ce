import { Failure } from "./schemas.ts";
import { lineSink } from "./line_sink.ts";
import { confineProcess } from "./process_streams.ts";

/** What a confined Worker tells its server. */
export interface Confinement {
  /** A line that the handler printed. */
  readonly print: (line: string, level: PrintLevel) => void;
  /** The handler tried to end the process or its Worker. */
  readonly onExit: (failure: Failure) => void;
  /** What the handler finds as its environment; undefined leaves none, and reading it fails. */
  readonly env: Readonly<Record<string, string>> | undefined;
}

export type PrintLevel = "info" | "warn" | "error";

/**
 * Closes the ways by which a handler reaches the server or other runs without needing a permission:
 * ending the process, its standard streams, what the Workers of a process share.
 */
export function confine(confinement: Confinement): void {
  confineExit(confinement.onExit);
  confineConsole(confinement.print);
  confineStreams(confinement.print);
  confineShared();
  if (confinement.env !== undefined) replaceEnv({ ...confinement.env });
}

/** Makes a member refuse every call, as Deno does without a permission. */
export function deny(target: object, name: string, what: string): void {
  const value = function () {
    throw new Deno.errors.NotCapable(`Requires access to "${what}"`);
  };
  Object.defineProperty(target, name, { value, configurable: true });
}

function confineExit(onExit: (failure: Failure) => void): void {
  const ending = (call: string) => (code?: number) => {
    const failure = new Failure(
      "ERR_RUNTIME",
      `Cannot end the processor with "${call}(${code ?? ""})": ` +
        "a handler ends by returning or by throwing",
    );
    onExit(failure);
    throw failure;
  };
  Object.defineProperty(Deno, "exit", { value: ending("Deno.exit") });
  Object.defineProperty(globalThis, "close", { value: ending("self.close") });
}

function confineConsole(print: Confinement["print"]): void {
  const line = (level: PrintLevel) => (...values: unknown[]) =>
    print(values.map(shown).join(" "), level);
  const [info, warn, error] = [line("info"), line("warn"), line("error")];
  Object.assign(console, { log: info, info, debug: info, dir: info });
  Object.assign(console, { table: info, warn, error, trace: error });
}

function shown(value: unknown): string {
  return typeof value === "string" ? value : Deno.inspect(value);
}

function confineStreams(print: Confinement["print"]): void {
  const stdout = lineSink((line) => print(line, "info"));
  const stderr = lineSink((line) => print(line, "error"));
  Object.defineProperty(Deno, "stdout", { value: stdout });
  Object.defineProperty(Deno, "stderr", { value: stderr });
  confineProcess({ stdout, stderr });
  Object.defineProperty(Deno, "stdin", {
    value: {
      read: () => Promise.resolve(null),
      readSync: () => null,
      isTerminal: () => false,
      close: () => {},
      readable: ReadableStream.from([]),
    },
  });
}

function confineShared(): void {
  deny(BroadcastChannel.prototype, "postMessage", "other runs");
  deny(CacheStorage.prototype, "open", "a cache that runs share");
  deny(Deno, "chdir", "the working folder of the server");
}

/** `process.env` reads through `Deno.env` as well. */
function replaceEnv(values: Record<string, string>): void {
  const env: Deno.Env = {
    get: (name) => Object.hasOwn(values, name) ? values[name] : undefined,
    has: (name) => Object.hasOwn(values, name),
    set: (name, value) => void (values[name] = value),
    delete: (name) => void delete values[name],
    toObject: () => ({ ...values }),
  };
  Object.assign(Deno.env, env);
}

import { redactJson } from "./schemas.ts";
import type { JsonObject, Redact, ServerConfig } from "./schemas.ts";

/** Writes one line to the instance's log. */
export type Log = (
  level: "info" | "warn" | "error",
  event: string,
  fields?: JsonObject,
) => void;

/** A stream of the process. */
export type LogStream = Pick<typeof Deno.stderr, "writeSync">;

export interface LogMeans {
  readonly redact: Redact;
  /** Gets the lines where no file is configured. */
  readonly plain: LogStream;
}

/**
 * Opens the log: NDJSON lines `{ts, level, event, service, ref, …}`, appended to the configured file
 * (needs write access to it) or written to `plain`. Secret values are redacted.
 */
export function openLog(
  { ref, logFile }: Pick<ServerConfig, "ref" | "logFile">,
  { redact, plain }: LogMeans,
): Log {
  const file = logFile === undefined
    ? plain
    : Deno.openSync(logFile, { append: true, create: true, mode: 0o600 });
  const encoder = new TextEncoder();
  return (level, event, fields = {}) => {
    const ts = new Date().toISOString();
    const base = { ts, level, event, service: "processor", ref };
    // Before they are written as JSON, which gives what is in texts another form.
    const told = redactJson(fields, redact) as JsonObject;
    const line = JSON.stringify({ ...base, ...told, ...base });
    writeAll(file, encoder.encode(`${line}\n`));
  };
}

/** A reader that went away is no error: the server has to end in order even then. */
function writeAll(file: LogStream, bytes: Uint8Array) {
  try {
    for (let at = 0; at < bytes.length;) {
      at += file.writeSync(bytes.subarray(at));
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
  }
}

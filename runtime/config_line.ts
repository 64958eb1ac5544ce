import { Failure, isObject } from "./schemas.ts";
import type { ServerConfig } from "./schemas.ts";

/** Standard input of a server: its configuration, and later its end. */
export interface ConfigInput {
  readonly config: ServerConfig;
  /** Resolves when the input ends, or after `cancel`; tells whether the line `keep` came before. */
  readonly ended: Promise<{ readonly kept: boolean }>;
  cancel(): Promise<void>;
}

/** Reads the one line of JSON that configures a server. Throws `Failure` when there is none. */
export async function readConfig(
  input: ReadableStream<Uint8Array>,
): Promise<ConfigInput> {
  const reader = input.pipeThrough(new TextDecoderStream()).getReader();
  const { line, rest } = await readLine(reader);
  const config = parseConfig(line);
  const ended = drain(reader, rest).then((text) => ({
    kept: text.split("\n").includes("keep"),
  }));
  return { config, ended, cancel: () => reader.cancel() };
}

async function readLine(
  reader: ReadableStreamDefaultReader<string>,
): Promise<{ readonly line: string; readonly rest: string }> {
  let text = "";
  while (!text.includes("\n")) {
    const { value, done } = await reader.read();
    if (done) break;
    text += value;
  }
  const [line = "", ...rest] = text.split("\n");
  return { line, rest: rest.join("\n") };
}

/** Reads to the end; what comes after the configuration is a few bytes. */
async function drain(
  reader: ReadableStreamDefaultReader<string>,
  begun: string,
): Promise<string> {
  let text = begun;
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return text;
    text = (text + value).slice(-100);
  }
}

/** Its writer is this project, so only the shape is checked. */
function parseConfig(line: string): ServerConfig {
  const value: unknown = line.trim() === "" ? undefined : JSON.parse(line);
  if (
    isObject(value) && isObject(value["handlers"]) && isObject(value["entry"])
  ) {
    return value as unknown as ServerConfig;
  }
  throw new Failure(
    "ERR_START",
    "Cannot start the server: standard input holds no configuration",
  );
}

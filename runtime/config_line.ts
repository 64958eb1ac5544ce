import { Failure, isObject } from "./schemas.ts";
import type { ServerConfig } from "./schemas.ts";

/** Standard input of a server: its configuration, and later its end. */
export interface ConfigInput {
  readonly config: ServerConfig;
  /** Resolves when the input ends, or after `cancel`. */
  readonly ended: Promise<void>;
  cancel(): Promise<void>;
}

/** Reads the one line of JSON that configures a server. Throws `Failure` when there is none. */
export async function readConfig(
  input: ReadableStream<Uint8Array>,
): Promise<ConfigInput> {
  const reader = input.pipeThrough(new TextDecoderStream()).getReader();
  const config = parseConfig(await readLine(reader));
  return { config, ended: drain(reader), cancel: () => reader.cancel() };
}

async function readLine(
  reader: ReadableStreamDefaultReader<string>,
): Promise<string> {
  let text = "";
  while (!text.includes("\n")) {
    const { value, done } = await reader.read();
    if (done) break;
    text += value;
  }
  return text.split("\n")[0] ?? "";
}

async function drain(reader: ReadableStreamDefaultReader<string>) {
  while (!(await reader.read()).done);
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

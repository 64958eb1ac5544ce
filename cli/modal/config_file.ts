import { parse, TomlError } from "smol-toml";
import { Failure } from "../../schemas/mod.ts";
import { printable } from "../printable.ts";
import type { World } from "../world.ts";

/** Modal's own configuration file. */
export interface ModalConfig {
  readonly file: string;
  /** Its sections, in order. */
  readonly profiles: ReadonlyMap<string, ModalProfile>;
}

/** What a section says about an account; an empty text counts as absent. */
export interface ModalProfile {
  readonly active: boolean;
  readonly token_id: string | undefined;
  readonly token_secret: string | undefined;
  readonly environment: string | undefined;
}

/** More than any such file holds. */
const LIMIT = 1024 * 1024;

/**
 * Reads the file; undefined when there is none. Throws `ERR_MODAL_CONFIG` when it cannot be read or is no TOML,
 * without a word of what is in it: the parser's own messages show the line, and so the secret in it.
 */
export async function readModalConfig(
  file: string,
  world: World,
): Promise<ModalConfig | undefined> {
  const state = world.files.probe(file);
  if (state.kind === "missing") return undefined;
  if (state.kind === "directory") throw broken(file, "it is a folder");
  const bytes = await world.files.read(file, LIMIT).catch((cause) => {
    throw broken(file, "it cannot be opened", cause);
  });
  if (bytes.length > LIMIT) throw broken(file, `it exceeds ${LIMIT} bytes`);
  return { file, profiles: profilesOf(bytes, file) };
}

function profilesOf(
  bytes: Uint8Array,
  file: string,
): ReadonlyMap<string, ModalProfile> {
  const sections = Object.entries(parsed(bytes, file));
  return new Map(
    sections.flatMap(([name, section]) =>
      isTable(section) ? [[name, profileOf(section)]] : []
    ),
  );
}

function parsed(bytes: Uint8Array, file: string): Record<string, unknown> {
  try {
    return parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    throw broken(
      file,
      error instanceof TomlError
        ? `line ${error.line}, column ${error.column} is no TOML`
        : "it is no UTF-8 text",
    );
  }
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function profileOf(section: Readonly<Record<string, unknown>>): ModalProfile {
  const text = (key: string) => {
    const value = Object.hasOwn(section, key) ? section[key] : undefined;
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  return {
    active: Object.hasOwn(section, "active") && section["active"] === true,
    token_id: text("token_id"),
    token_secret: text("token_secret"),
    environment: text("environment"),
  };
}

function broken(file: string, state: string, cause?: unknown): Failure {
  return new Failure(
    "ERR_MODAL_CONFIG",
    `Cannot read "${printable(file)}": ${state}`,
    cause === undefined ? {} : { cause },
  );
}

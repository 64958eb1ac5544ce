import {
  Failure,
  type Language,
  languageOf,
  MAX_DOCUMENT_BYTES,
  resolve,
} from "../schemas/mod.ts";
import { readLimited } from "./read_limited.ts";
import type { World } from "./world.ts";

/** A document as bytes, before anything is known about it. */
export interface RawDocument {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly language: Language;
  /** Absolute folder that its relative paths start from. */
  readonly dir: string;
  /** Absolute; missing for what is in no file. */
  readonly path?: string;
}

export interface InputsFlags {
  readonly inputsJson: string | undefined;
  readonly inputsFile: string | undefined;
  readonly inputs: string | undefined;
}

/** Reads the inputs from the one place that was named. */
export async function readInputs(
  flags: InputsFlags,
  world: World,
): Promise<RawDocument> {
  const given = [
    ...(flags.inputsJson === undefined ? [] : ["--inputs-json"]),
    ...(flags.inputsFile === undefined ? [] : ["--inputs-file"]),
    ...(flags.inputs === undefined ? [] : ["--inputs"]),
  ];
  if (given.length !== 1) throw wrongSource(given);
  if (flags.inputsJson !== undefined) {
    const bytes = new TextEncoder().encode(flags.inputsJson);
    return { name: "--inputs-json", bytes, language: "json", dir: world.cwd };
  }
  if (flags.inputsFile !== undefined) {
    return await readFile(flags.inputsFile, world);
  }
  if (flags.inputs !== "-") {
    throw new Failure(
      "ERR_USAGE",
      `Cannot read inputs from "${flags.inputs}": only "-" is known`,
      {
        hint:
          "Use --inputs - for standard input, --inputs-file FILE for a file",
      },
    );
  }
  return await readStdin(world);
}

function wrongSource(given: readonly string[]): Failure {
  const hint =
    "Give one of --inputs-json JSON, --inputs-file FILE, --inputs - (standard input)";
  const found = given.length === 0
    ? "none was given"
    : `${given.join(" and ")} exclude each other`;
  return new Failure("ERR_INPUTS_SOURCE", `Cannot read inputs: ${found}`, {
    hint,
  });
}

/** Waits for bytes that may never come, as long as they are wanted. */
function unlessInterrupted<T>(
  reading: Promise<T>,
  { interrupted }: World,
): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const onAbort = () =>
    reject(new Failure("ERR_INTERRUPTED", "Cannot read inputs: interrupted"));
  if (interrupted.aborted) onAbort();
  interrupted.addEventListener("abort", onAbort, { once: true });
  return Promise.race([reading, promise]).finally(() =>
    interrupted.removeEventListener("abort", onAbort)
  );
}

/** Standard input; it may be JSON or YAML, and JSON is recognised by its first character. */
export async function readStdin(world: World): Promise<RawDocument> {
  if (world.stdin.isTerminal) {
    world.stderr.write("Reading inputs from the terminal; end with Ctrl-D\n");
  }
  const bytes = await unlessInterrupted(
    readLimited(world.stdin.stream(), MAX_DOCUMENT_BYTES),
    world,
  );
  return { name: "<stdin>", bytes, language: sniff(bytes), dir: world.cwd };
}

/** JSON when the first character that is not blank opens an object or a list, or when there is none. */
function sniff(bytes: Uint8Array): Language {
  const head = new TextDecoder().decode(bytes.subarray(0, 1024)).trimStart();
  return head === "" || head.startsWith("{") || head.startsWith("[")
    ? "json"
    : "yaml";
}

/** A file named on the command line. */
export async function readFile(
  path: string,
  world: World,
): Promise<RawDocument> {
  const absolute = resolve(world.cwd, path);
  const state = world.files.probe(absolute);
  if (state.kind === "missing" || state.kind === "directory") {
    const found = state.kind === "missing" ? "no such file" : "it is a folder";
    throw new Failure(
      "ERR_DOCUMENT_UNREADABLE",
      `Cannot read "${path}": ${found}`,
    );
  }
  try {
    const bytes = await unlessInterrupted(
      world.files.read(absolute, MAX_DOCUMENT_BYTES),
      world,
    );
    return {
      name: path,
      bytes,
      language: languageOf(path),
      dir: resolve(absolute, ".."),
      path: absolute,
    };
  } catch (cause) {
    if (cause instanceof Failure) throw cause;
    const found = cause instanceof Error ? cause.message : String(cause);
    throw new Failure(
      "ERR_DOCUMENT_UNREADABLE",
      `Cannot read "${path}": ${found}`,
      { cause },
    );
  }
}

import { Failure } from "../schemas/failure.ts";
import type { FileState } from "../schemas/mod.ts";
import { later } from "./command_module.ts";
import { listenToSignals, type Signals } from "./signals.ts";
import { permissionGate } from "./permission_gate.ts";
import type { Send } from "./sender.ts";
import type { Files, Output, Toolkit, World } from "./world.ts";

/** The world as it is. Reading an environment name that is not granted answers undefined. */
export function realWorld(
  args: readonly string[],
  toolkit: Toolkit,
  signals: Signals = listenToSignals(() => performance.now()),
): World {
  const { interrupted, killed, unheard } = signals;
  const plain = env("TERM") === "dumb";
  const color = !plain && !env("NO_COLOR");
  const manner = { color, plain, interrupted };
  const cwd = Deno.cwd();
  return {
    args,
    stdin: {
      stream: () => Deno.stdin.readable,
      isTerminal: Deno.stdin.isTerminal(),
    },
    stdout: output(Deno.stdout, { ...manner, refused: throwUnwritten }),
    // What is told beside the result is lost rather than the result.
    stderr: output(Deno.stderr, { ...manner, refused: () => {} }),
    env,
    cwd,
    clock: { now: () => Date.now(), monotonic: () => performance.now() },
    files: FILES,
    uuid: () => crypto.randomUUID(),
    interrupted,
    killed,
    permissions: permissionGate(cwd, unheard),
    toolkit,
  };
}

function env(name: string): string | undefined {
  const { state } = Deno.permissions.querySync({ name: "env", variable: name });
  return state === "granted" ? Deno.env.get(name) : undefined;
}

/** The failure of a result that the system does not take, as on a full disk. */
function throwUnwritten(error: unknown): never {
  const found = error instanceof Error ? error.message : String(error);
  throw new Failure("ERR_SAVE", `Cannot write the result: ${found}`, {
    cause: error,
  });
}

interface OutputParts {
  readonly color: boolean;
  readonly plain: boolean;
  readonly interrupted: AbortSignal;
  /** What to do about what cannot be written, though there is a reader. */
  readonly refused: (error: unknown) => void;
}

function output(
  stream: typeof Deno.stdout,
  { color, plain, interrupted, refused }: OutputParts,
): Output {
  let underWay = 0;
  let opening: Promise<Send> | undefined;
  const send: Send = async (bytes) => {
    underWay += 1;
    opening ??= sending().then(({ sender }) =>
      sender({ stream, interrupted, refused })
    );
    const isRead = await (await opening)(bytes);
    underWay -= 1;
    return isRead;
  };
  const isTerminal = stream.isTerminal();
  return {
    isTerminal,
    color: isTerminal && color,
    redraws: isTerminal && !plain,
    columns: () => isTerminal ? columns() : 80,
    write(text) {
      const bytes = new TextEncoder().encode(text);
      if (underWay === 0) writeAll(stream, bytes, refused);
      else send(bytes).catch(() => {});
    },
    send,
  };
}

/** Columns of the terminal; some that run in the background say 0. */
function columns(): number {
  try {
    return Deno.consoleSize().columns || 80;
  } catch {
    return 80;
  }
}

function writeAll(
  stream: typeof Deno.stdout,
  bytes: Uint8Array,
  refused: OutputParts["refused"],
): void {
  try {
    for (let done = 0; done < bytes.length;) {
      done += stream.writeSync(bytes.subarray(done));
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.BrokenPipe)) refused(error);
  }
}

const sending = later<typeof import("./sender.ts")>("./sender.ts");

const replacing = later<typeof import("./replace_file.ts")>(
  "./replace_file.ts",
);

const FILES: Files = {
  read: readAtMost,
  readText: (path) => Deno.readTextFile(path),
  probe,
  create: async (path, text) => {
    await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
    await Deno.writeTextFile(path, text, { createNew: true });
  },
  replace: async (path, text) => {
    const { replaceFile } = await replacing();
    await replaceFile(path, text);
  },
};

/** Bytes of a file that is read in one step, which takes less to load. */
const SMALL = 1024 * 1024;

/** What is small is read at once: its file system has just answered what the file is. */
async function readAtMost(path: string, limit: number): Promise<Uint8Array> {
  const { isFile, size } = Deno.statSync(path);
  if (isFile && size <= SMALL) return Deno.readFileSync(path);
  using file = await Deno.open(path);
  const { readLimited } = await import("./read_limited.ts");
  return await readLimited(file.readable, limit);
}

function probe(path: string): FileState {
  try {
    const info = Deno.statSync(path);
    if (info.isDirectory) return { kind: "directory" };
    return info.isFile
      ? { kind: "file", size: info.size }
      : { kind: "unreadable" };
  } catch (error) {
    return {
      kind: error instanceof Deno.errors.NotFound ? "missing" : "unreadable",
    };
  }
}

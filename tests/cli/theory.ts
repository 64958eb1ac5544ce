import { join } from "node:path";

const MAIN = join(import.meta.dirname ?? ".", "../..", "main.ts");

/** What a command printed, and how it ended. */
export interface Printed {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface TheoryOptions {
  readonly stdin?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Flags of `deno run`; default `-A`. */
  readonly flags?: readonly string[];
  /** The main module; default that of the source. */
  readonly main?: string;
  /** Where a shell sends what is printed, such as `> /dev/full`; default nowhere else. */
  readonly redirect?: string;
}

/** Where no container engine is: that of the machine is not for tests, which end all that they find. */
export const NO_ENGINE = { DOCKER_HOST: "unix:///nowhere/docker.sock" };

type Names = Readonly<Record<string, string>>;

/** An environment in which there is no engine but one that it names. */
export function withEngine(env: Names): Names {
  return "CONTAINER_HOST" in env ? env : { ...NO_ENGINE, ...env };
}

/** Where no logins for registries are: those of the machine are not for tests, either. */
export const NO_LOGINS = {
  DOCKER_CONFIG: "/nowhere/docker",
  XDG_CONFIG_HOME: "/nowhere/config",
  XDG_RUNTIME_DIR: "/nowhere/runtime",
};

/** Runs the real program in a process of its own, with an environment that holds only what is given. */
export async function theory(
  args: readonly string[],
  options: TheoryOptions = {},
): Promise<Printed> {
  const child = spawn(args, options);
  const writer = child.stdin.getWriter();
  const { stdin = "" } = options;
  const bytes = typeof stdin === "string"
    ? new TextEncoder().encode(stdin)
    : stdin;
  // A program that stops reading early is no failure of the test.
  await writer.write(bytes).catch(() => {});
  await writer.close().catch(() => {});
  const { code, stdout, stderr } = await child.output();
  const decoder = new TextDecoder();
  return {
    code,
    stdout: decoder.decode(stdout),
    stderr: decoder.decode(stderr),
  };
}

/** The program, running. */
export function spawn(
  args: readonly string[],
  options: TheoryOptions = {},
): Deno.ChildProcess {
  const { flags = ["-A"], env = {}, cwd, main = MAIN, redirect } = options;
  const { PATH = "", HOME = "", DENO_DIR } = Deno.env.toObject();
  const words = ["run", "--quiet", "--frozen", ...flags, main, ...args];
  const deno = Deno.execPath();
  const shell = ["-c", `exec "$0" "$@" ${redirect}`, deno, ...words];
  return new Deno.Command(redirect === undefined ? deno : "sh", {
    args: redirect === undefined ? words : shell,
    ...(cwd === undefined ? {} : { cwd }),
    clearEnv: true,
    env: {
      PATH,
      HOME,
      ...(DENO_DIR === undefined ? {} : { DENO_DIR }),
      ...withEngine(env),
    },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** The one envelope on standard output; fails when there is anything else. */
export function envelopeOf(
  { stdout, stderr }: Printed,
): Record<string, unknown> & {
  readonly status: string;
  readonly error?: { readonly code: string; readonly message: string };
  readonly outputs?: readonly {
    readonly path: string;
    readonly cid: string;
    readonly size_bytes: number;
    readonly mime: string;
  }[];
} {
  const lines = stdout.split("\n");
  if (lines.length !== 2 || lines[1] !== "") {
    throw new Error(
      `Cannot read one envelope: ${JSON.stringify(stdout)}\n${stderr}`,
    );
  }
  return JSON.parse(lines[0] ?? "");
}

/** A temporary folder, removed when it is disposed of, after every instance in its `.theory` is stopped. */
export async function workFolder(): Promise<
  { readonly dir: string } & AsyncDisposable
> {
  const dir = await Deno.makeTempDir({ prefix: "theory-" });
  return {
    dir,
    [Symbol.asyncDispose]: async () => {
      await theory(["localctl", "stop", "--all"], { cwd: dir });
      await Deno.remove(dir, { recursive: true });
    },
  };
}

/** Inputs that the shipped llm/litellm@1 takes. */
export const HELLO = JSON.stringify({
  schema: "v1",
  params: { messages: [{ role: "user", content: "Hello" }] },
});

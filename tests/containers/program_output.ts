/** How a program is started, besides its arguments. */
export interface ProgramOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** The working folder. */
  readonly cwd?: string;
  /** Handed to it on standard input. */
  readonly stdin?: string;
}

/** What a program printed on standard output. Throws what it printed on standard error when it fails. */
export async function programOutput(
  [program = "", ...args]: readonly string[],
  { env = {}, cwd, stdin }: ProgramOptions = {},
): Promise<string> {
  const child = new Deno.Command(program, {
    args,
    env,
    ...(cwd === undefined ? {} : { cwd }),
    stdin: stdin === undefined ? "null" : "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const output = child.output();
  if (stdin !== undefined) await write(child.stdin, stdin);
  const { success, stdout, stderr } = await output;
  if (success) return new TextDecoder().decode(stdout);
  const said = new TextDecoder().decode(stderr).trimEnd().slice(-2000);
  throw new Error(`Cannot run "${program} ${args.join(" ")}": ${said}`);
}

/** Whether a program ends with success. */
export async function succeeds(line: readonly string[]): Promise<boolean> {
  try {
    await programOutput(line);
    return true;
  } catch {
    return false;
  }
}

async function write(to: WritableStream<Uint8Array>, text: string) {
  const writer = to.getWriter();
  await writer.write(new TextEncoder().encode(text));
  await writer.close();
}

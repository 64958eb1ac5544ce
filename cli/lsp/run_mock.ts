import type { MockAnswer, MockRequest } from "../../lsp/mod.ts";
import { isObject, join, type JsonObject, resolve } from "../../schemas/mod.ts";
import { declaredBy } from "../permissions.ts";
import { permissionFlags } from "../permission_sets.ts";
import { parse } from "../run_cli.ts";
import type { World } from "../world.ts";
import { mayRun } from "./granted_flags.ts";

/** Milliseconds that a run has to end after it was asked to. */
const PATIENCE = 5_000;

/** Runs `localctl run --mode mock` in another process. */
export async function runMock(
  request: MockRequest,
  world: World,
): Promise<MockAnswer> {
  const args = await lineOf(request, world);
  const child = new Deno.Command(denoIn(world), {
    args: [...args],
    cwd: request.dir,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const ended = endedBy(child, request.signal);
  const [stdout, stderr, { code }] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.status,
    sent(request.text, child.stdin),
  ]).finally(ended);
  return { code, stderr, ...envelopeIn(stdout) };
}

/** This very Deno, where that may be run. */
function denoIn({ toolkit: { deno } }: World): string {
  return mayRun(deno) ? deno : "deno";
}

/** The arguments of Deno: exactly the permissions that the command declares, and the command. */
async function lineOf(
  request: MockRequest,
  world: World,
): Promise<readonly string[]> {
  const { dir, file } = world.toolkit;
  const words = await wordsOf(request, world);
  const parsed = await parsedIn(words, request.dir, world);
  const permissions = await declaredBy(parsed);
  return [
    "run",
    "--quiet",
    "--no-prompt",
    ...permissionFlags(permissions),
    join(dir, file),
    ...words,
  ];
}

/** The command, with the state folder of the server where nothing says another one. */
async function wordsOf(
  { ref, attachments, dir }: MockRequest,
  world: World,
): Promise<readonly string[]> {
  const attach = [...attachments].flatMap((
    [name, path],
  ) => ["--attach", `${name}=${path}`]);
  const words = [
    ...["localctl", "run", "--mode", "mock", "--ref", ref, "--inputs", "-"],
    ...attach,
  ];
  const { input } = await parsedIn(words, dir, world);
  const named = "stateDir" in input.flags && input.flags.stateDir !== undefined;
  return named || world.env("THEORY_STATE_DIR")
    ? words
    : [...words, "--state-dir", resolve(world.cwd, ".theory")];
}

/** What a command line means in a folder. */
async function parsedIn(words: readonly string[], cwd: string, world: World) {
  const said: string[] = [];
  const output = {
    ...world.stderr,
    write: (text: string) => void said.push(text),
  };
  const request = await parse({
    ...world,
    args: words,
    cwd,
    stdout: output,
    stderr: output,
  });
  if (typeof request !== "number") return request;
  throw new Error(`Cannot run "${words.join(" ")}": ${said.join("")}`);
}

/** Ends a run that is no longer wanted; answers what stops watching. */
function endedBy(child: Deno.ChildProcess, signal: AbortSignal): () => void {
  let kill: ReturnType<typeof setTimeout> | undefined;
  const end = () => {
    stopped(child, "SIGINT");
    kill = setTimeout(() => stopped(child, "SIGKILL"), PATIENCE);
  };
  if (signal.aborted) end();
  signal.addEventListener("abort", end, { once: true });
  return () => {
    clearTimeout(kill);
    signal.removeEventListener("abort", end);
  };
}

/** One that has ended already is no error. */
function stopped(child: Deno.ChildProcess, signal: Deno.Signal): void {
  try {
    child.kill(signal);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
}

/** A run that ends before it has read its inputs says itself why. */
async function sent(
  text: string,
  stdin: WritableStream<Uint8Array>,
): Promise<void> {
  try {
    await new Blob([text]).stream().pipeTo(stdin);
  } catch (error) {
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
  }
}

/** The envelope is the last line. */
function envelopeIn(stdout: string): { readonly envelope?: JsonObject } {
  try {
    const value = JSON.parse(stdout.trim().split("\n").at(-1) ?? "");
    return isObject(value) ? { envelope: value as JsonObject } : {};
  } catch {
    return {};
  }
}

/**
 * Whole-process times of the command line, as ratios to a bare `deno run` of an empty file:
 * `deno task bench [ROUNDS]`. Prints a Markdown table; asserts nothing.
 */
import { type Case, measure, table } from "./measure.ts";

const ROOT = new URL("../", import.meta.url).pathname;
const REF = "llm/litellm@1";
const START = ["localctl", "start", "--ref", REF, "--mock-missing-secrets"];
const MAIN = `${ROOT}main.ts`;

const folder = await Deno.makeTempDir({ prefix: "bench_" });
try {
  await bench(Number(Deno.args[0] ?? 20));
} finally {
  await Deno.remove(folder, { recursive: true });
}

async function bench(rounds: number): Promise<void> {
  const warm = state("warm");
  await theoryctl([...START, ...warm]);
  try {
    const measured = await measure(await cases(warm), { rounds, run: time });
    await print(table(measured));
  } finally {
    await theoryctl(["localctl", "stop", "--ref", REF, ...warm]);
  }
}

async function cases(warm: readonly string[]): Promise<readonly Case[]> {
  const empty = `${folder}/empty.ts`;
  const inputs = `${folder}/inputs.json`;
  await Deno.writeTextFile(empty, "");
  const example = await theoryctl(["registry", "example", REF]);
  await Deno.writeTextFile(inputs, example.stdout);
  const run = ["localctl", "run", "--ref", REF, "--mode", "mock"];
  const document = ["--inputs-file", inputs];
  const ephemeral = state("ephemeral");
  return [
    { name: "`deno run` of an empty file", args: ["run", empty] },
    { name: "`main.ts --help`", args: ["run", MAIN, "--help"], budget: 2 },
    {
      name: "`main.ts check`",
      args: (await theoryctl(["check", inputs, "--ref", REF])).args,
    },
    {
      name: "mock run, warm instance",
      args: (await theoryctl([...run, ...document, ...warm])).args,
      budget: 5,
    },
    {
      name: "mock run, ephemeral sandbox",
      args: (await theoryctl([...run, ...document, ...ephemeral])).args,
      budget: 10,
    },
  ];
}

function state(name: string): readonly string[] {
  return ["--state-dir", `${folder}/${name}`];
}

/** Runs a command with the permissions that it asks for; answers its whole line and what it printed. */
async function theoryctl(
  words: readonly string[],
  flags: readonly string[] = [],
): Promise<{ readonly args: readonly string[]; readonly stdout: string }> {
  const args = ["run", "--no-prompt", ...flags, MAIN, ...words];
  const { code, stdout, stderr } = await output(args);
  if (code === 0) return { args, stdout };
  const missing = /^Run: deno run (.*?) \S*main\.ts /m.exec(stderr)?.[1];
  if (code !== 10 || missing === undefined) throw failed(args, stderr);
  return await theoryctl(words, [...flags, ...missing.split(" ")]);
}

async function time(args: readonly string[]): Promise<number> {
  const start = performance.now();
  const { code, stderr } = await output(args);
  const end = performance.now();
  if (code !== 0) throw failed(args, stderr);
  return end - start;
}

function failed(args: readonly string[], stderr: string): Error {
  return new Error(`Cannot run "deno ${args.join(" ")}": ${stderr}`);
}

async function output(args: readonly string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd: folder,
    stdin: "null",
    env: { NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" },
  }).output();
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: decode(stdout), stderr: decode(stderr) };
}

async function print(text: string): Promise<void> {
  await Deno.stdout.write(new TextEncoder().encode(text));
}

/**
 * Whole-process times of the command line, as ratios to a bare `deno run` of an empty file:
 * `deno task bench [ROUNDS]`. Prints a Markdown table; asserts nothing.
 */
import { type Case, measure, table } from "./measure.ts";

const ROOT = new URL("../", import.meta.url).pathname;
const REF = "llm/litellm@1";
const MAIN = `${ROOT}main.ts`;

const folder = await Deno.makeTempDir({ prefix: "bench_" });
try {
  await bench(Number(Deno.args[0] ?? 20));
} finally {
  await Deno.remove(folder, { recursive: true });
}

async function bench(rounds: number): Promise<void> {
  const warm = state("warm");
  const started = await theoryctl(["localctl", "start", "--ref", REF, ...warm]);
  await deno(started);
  try {
    const measured = await measure(await cases(warm), { rounds, run: time });
    await print(table(measured));
  } finally {
    await deno(
      await theoryctl(["localctl", "stop", "--ref", REF, ...warm]),
    );
  }
}

async function cases(warm: readonly string[]): Promise<readonly Case[]> {
  const empty = `${folder}/empty.ts`;
  const inputs = `${folder}/inputs.json`;
  await Deno.writeTextFile(empty, "");
  const example = await theoryctl(["registry", "example", "--ref", REF]);
  await Deno.writeTextFile(inputs, await deno(example));
  const run = ["localctl", "run", "--ref", REF, "--mode", "mock"];
  const document = ["--inputs-file", inputs];
  const ephemeral = state("ephemeral");
  return [
    { name: "`deno run` of an empty file", args: ["run", empty] },
    { name: "`main.ts --help`", args: ["run", MAIN, "--help"], budget: 2 },
    {
      name: "`main.ts check`",
      args: await theoryctl(["check", inputs, "--ref", REF]),
    },
    {
      name: "mock run, warm instance",
      args: await theoryctl([...run, ...document, ...warm]),
      budget: 5,
    },
    {
      name: "mock run, ephemeral sandbox",
      args: await theoryctl([...run, ...document, ...ephemeral]),
      budget: 10,
    },
  ];
}

function state(name: string): readonly string[] {
  return ["--state-dir", `${folder}/${name}`];
}

/** The line with the permissions that the command itself asks for. */
async function theoryctl(words: readonly string[]): Promise<readonly string[]> {
  const { stderr } = await output(["run", "--no-prompt", MAIN, ...words]);
  const flags = /^Run: deno run (.*?) \S*main\.ts /m.exec(stderr)?.[1];
  return ["run", ...(flags?.split(" ") ?? []), MAIN, ...words];
}

async function time(args: readonly string[]): Promise<number> {
  const start = performance.now();
  await deno(args);
  return performance.now() - start;
}

async function deno(args: readonly string[]): Promise<string> {
  const { success, stdout, stderr } = await output(args);
  if (!success) throw new Error(`deno ${args.join(" ")}: ${stderr}`);
  return stdout;
}

async function output(args: readonly string[]) {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd: folder,
    stdin: "null",
    env: { NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" },
  }).output();
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { success, stdout: decode(stdout), stderr: decode(stderr) };
}

async function print(text: string): Promise<void> {
  await Deno.stdout.write(new TextEncoder().encode(text));
}

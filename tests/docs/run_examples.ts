import { examplesIn } from "./examples_in.ts";
import { repositoryFiles, ROOT } from "../style/repository_files.ts";

export interface RunOptions {
  /** Of the examples to run; default those that need Deno alone. */
  readonly mark?: Parameters<typeof examplesIn>[1];
  /** What they find in their environment besides. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs the examples of a document in order, in one fresh copy of the repository; answers what went wrong. */
export async function runExamples(
  markdown: string,
  { mark, env }: RunOptions = {},
): Promise<readonly string[]> {
  const examples = examplesIn(markdown, mark);
  if (examples.length === 0) return [];
  const folder = await Deno.makeTempDir();
  try {
    await copyRepository(folder);
    const problems: string[] = [];
    for (const { line, script, output } of examples) {
      const { code, stdout, stderr } = await bash(script, folder, env);
      if (code !== 0) problems.push(`line ${line}: exit ${code}: ${stderr}`);
      else if (output !== undefined && stdout !== output) {
        problems.push(`line ${line}: printed ${stdout}instead of ${output}`);
      }
    }
    return problems;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function copyRepository(folder: string): Promise<void> {
  for (const place of repositoryFiles()) {
    const target = `${folder}/${place}`;
    await Deno.mkdir(target.slice(0, target.lastIndexOf("/")), {
      recursive: true,
    });
    await Deno.copyFile(new URL(encodeURI(place), ROOT), target);
  }
}

/** As a reader's shell would, with what Deno installs, but with this Deno and its cache, and nothing else of the environment. */
async function bash(
  script: string,
  cwd: string,
  env: RunOptions["env"] = {},
) {
  const deno = Deno.execPath();
  const path = [
    `${cwd}/.deno/bin`,
    deno.slice(0, deno.lastIndexOf("/")),
    Deno.env.get("PATH"),
  ];
  const { code, stdout, stderr } = await new Deno.Command("bash", {
    args: ["-euo", "pipefail", "-c", script],
    cwd,
    stdin: "null",
    clearEnv: true,
    env: {
      PATH: path.join(":"),
      DENO_DIR: await cacheFolder(),
      HOME: cwd,
      NO_COLOR: "1",
      ...env,
    },
  }).output();
  return { code, stdout: decode(stdout), stderr: decode(stderr) };
}

async function cacheFolder(): Promise<string> {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json"],
  }).output();
  return JSON.parse(decode(stdout)).denoDir;
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

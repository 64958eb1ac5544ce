import { join } from "node:path";
import { spawn } from "../theory.ts";

/** A folder in which runs are killed: registry, attachment, state, and where outputs are saved. */
export interface Ground extends AsyncDisposable {
  readonly dir: string;
  readonly stateDir: string;
  readonly savedDir: string;
  /** What is attached, and what every whole `echo.bin` is. */
  readonly attached: Uint8Array;
  /** Starts the program on this state folder. */
  command(args: readonly string[]): Deno.ChildProcess;
}

/** Bytes of the attachment: enough that reading, storing and saving take a while. */
const ATTACHED_BYTES = 4 * 2 ** 20;

export async function openGround(): Promise<Ground> {
  const dir = await Deno.makeTempDir({ prefix: "kill-loop-" });
  const stateDir = join(dir, "state");
  const attached = pattern(ATTACHED_BYTES);
  await copyRegistry(join(dir, "registry"));
  await Deno.writeFile(join(dir, "attached.bin"), attached);
  const command = (args: readonly string[]) =>
    spawn([...args, "--state-dir", stateDir], { cwd: dir });
  return {
    dir,
    stateDir,
    savedDir: join(dir, "saved"),
    attached,
    command,
    [Symbol.asyncDispose]: () => Deno.remove(dir, { recursive: true }),
  };
}

async function copyRegistry(to: string): Promise<void> {
  const place = "demo/loop/1";
  const from = new URL(
    `../testdata/kill_loop/${place}/`,
    import.meta.url,
  );
  await Deno.mkdir(join(to, place), { recursive: true });
  for (const name of ["registry.yaml", "handler.ts"]) {
    await Deno.copyFile(new URL(name, from), join(to, place, name));
  }
}

function pattern(size: number): Uint8Array {
  return Uint8Array.from({ length: size }, (_, i) => (i * 7 + (i >> 9)) & 255);
}

/** Processes that have a folder in their arguments; zombies are none. */
export async function processesOf(dir: string): Promise<readonly number[]> {
  const found: number[] = [];
  for await (const { name } of Deno.readDir("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const line = await Deno.readTextFile(`/proc/${name}/cmdline`)
      .catch(() => "");
    if (line.includes(dir)) found.push(Number(name));
  }
  return found;
}

/** The servers among them. */
export async function serversOf(dir: string): Promise<readonly number[]> {
  const found: number[] = [];
  for (const pid of await processesOf(dir)) {
    const line = await Deno.readTextFile(`/proc/${pid}/cmdline`)
      .catch(() => "");
    if (line.includes("serve.ts")) found.push(pid);
  }
  return found;
}

import { Failure } from "../../schemas/mod.ts";
import type { SandboxParts } from "./parts.ts";
import type { SandboxRecord } from "./record.ts";

/**
 * Kills a server that does not answer. It needs to run `ps` and `kill`; and the process must be known to
 * be that server, because its id may belong to another program by now.
 */
export async function killServer(
  { serverModule }: SandboxParts,
  record: SandboxRecord,
): Promise<void> {
  if (!await mayRun("ps") || !await mayRun("kill")) throw mustBeKilled(record);
  const command = await commandLine(record.pid);
  if (command === undefined) return;
  if (!command.includes(serverModule)) throw mustBeKilled(record);
  await kill(record);
}

async function mayRun(command: string): Promise<boolean> {
  const { state } = await Deno.permissions.query({ name: "run", command });
  return state === "granted";
}

/** With a program: `Deno.kill` wants the permission to run anything. */
async function kill(record: SandboxRecord): Promise<void> {
  const ended = await outputOf("kill", ["-KILL", `${record.pid}`]);
  if (ended?.success) return;
  if (await commandLine(record.pid) !== undefined) throw mustBeKilled(record);
}

/**
 * The command line of a process as `ps` tells it; undefined when there is no such process, empty when
 * there is no `ps`.
 */
async function commandLine(pid: number): Promise<string | undefined> {
  const told = await outputOf("ps", ["-ww", "-o", "args=", "-p", `${pid}`]);
  if (told === undefined) return "";
  return told.success ? new TextDecoder().decode(told.stdout) : undefined;
}

/** What a program answers; undefined when there is no such program. */
async function outputOf(
  program: string,
  args: readonly string[],
): Promise<Deno.CommandOutput | undefined> {
  try {
    return await new Deno.Command(program, {
      args: [...args],
      stdin: "null",
      stderr: "null",
    }).output();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

function mustBeKilled({ ref, pid }: SandboxRecord): Failure {
  return new Failure(
    "ERR_STOP",
    `Cannot stop "${ref}": it does not answer, and process ${pid} may not be ended from here`,
    { hint: `End it: kill -9 ${pid}`, details: { pid } },
  );
}

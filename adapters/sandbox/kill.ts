import { Failure } from "../../schemas/mod.ts";
import type { SandboxParts } from "./parts.ts";
import type { InstanceRecord } from "./record.ts";

/**
 * Kills a server that does not answer. It needs `--allow-run` without a list; and the process must be
 * known to be that server, because its id may belong to another program by now.
 */
export async function killServer(
  { serverModule }: SandboxParts,
  record: InstanceRecord,
): Promise<void> {
  const { state } = await Deno.permissions.query({ name: "run" });
  if (state !== "granted") throw mustBeKilled(record);
  const command = await commandLine(record.pid);
  if (command === undefined) return;
  if (!command.includes(serverModule)) throw mustBeKilled(record);
  try {
    Deno.kill(record.pid, "SIGKILL");
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

/**
 * The command line of a process as `ps` tells it; undefined when there is no such process, empty when
 * there is no `ps`.
 */
async function commandLine(pid: number): Promise<string | undefined> {
  const args = ["-ww", "-o", "args=", "-p", `${pid}`];
  const options = { args, stdin: "null", stderr: "null" } as const;
  try {
    const { success, stdout } = await new Deno.Command("ps", options).output();
    return success ? new TextDecoder().decode(stdout) : undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "";
    throw error;
  }
}

function mustBeKilled({ ref, pid }: InstanceRecord): Failure {
  return new Failure(
    "ERR_STOP",
    `Cannot stop "${ref}": it does not answer, and process ${pid} may not be ended from here`,
    { hint: `End it: kill -9 ${pid}`, details: { pid } },
  );
}

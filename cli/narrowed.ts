import type { Request } from "./application.ts";
import type { NarrowedTask } from "./narrowed_worker.ts";
import { forwardSignals, whenKilled } from "./signals.ts";
import type { Permissions, World } from "./world.ts";

/** Milliseconds that a killed Worker has to say so, in case that it computes without a pause. */
const KILLED_WITHIN = 300;

/**
 * Does what was asked for in a Worker that has the given permissions and no others; answers its exit
 * code. The Worker has the standard streams of the process, so it needs no help with them; it is told of
 * signals, and ending the process is left to its caller.
 */
export async function runNarrowed(
  { command, input }: Request,
  permissions: Permissions,
): Promise<number> {
  const { flags, operands, world } = input;
  const worker = new Worker(new URL("./narrowed_worker.ts", import.meta.url), {
    type: "module",
    deno: { permissions: await workerPermissions(permissions, world) },
  });
  const { port1: port, port2 } = new MessageChannel();
  const ended = Promise.withResolvers<number>();
  port.onmessage = ({ data }: MessageEvent<number>) => ended.resolve(data);
  worker.onerror = (event) => {
    event.preventDefault();
    ended.reject(new Error(event.message));
  };
  const { args, toolkit, settings } = world;
  const { path } = command;
  const task: NarrowedTask = {
    args,
    toolkit,
    path,
    flags,
    operands,
    ...(settings === undefined
      ? {}
      : { settings: { file: settings.file, text: settings.text } }),
  };
  worker.postMessage(task, [port2]);
  forwardSignals(world, port);
  return await Promise.race([ended.promise, killedLate(world)]);
}

/** The Worker is told, and has a moment to do what is done at once. */
async function killedLate(world: World): Promise<number> {
  const exit = await whenKilled(world);
  await new Promise((resolve) => setTimeout(resolve, KILLED_WITHIN));
  return exit;
}

/** The set as a Worker takes it: what is not in it is denied. */
async function workerPermissions(
  { read = [], write = [], net = [], run = [], env = [] }: Permissions,
  world: World,
): Promise<Deno.PermissionOptionsObject> {
  return {
    read: [...read],
    write: [...write],
    net: [...net],
    env: [...env],
    run: await Promise.all(run.map((name) => program(name, world))),
    ffi: false,
    sys: false,
    import: false,
  };
}

/** This very Deno, where that is granted: `PATH` may hold another one, or none. */
async function program(name: string, world: World): Promise<string> {
  const { deno } = world.toolkit;
  if (name !== "deno") return name;
  return await world.permissions.granted({ name: "run", value: deno })
    ? deno
    : name;
}

/** Main module of the Worker in which a command runs narrowed: gets one task, answers its exit code. */
import { perform } from "./conclude.ts";
import { MENU } from "./menu.ts";
import { later } from "./command_module.ts";
import { realWorld } from "./real_world.ts";
import { signalsFrom } from "./signals.ts";
import type { Toolkit, World } from "./world.ts";

/** A parsed command line, as it crosses into the Worker. */
export interface NarrowedTask {
  readonly args: readonly string[];
  readonly toolkit: Toolkit;
  readonly path: readonly string[];
  readonly flags: Readonly<
    Record<string, string | boolean | readonly string[] | undefined>
  >;
  readonly operands: readonly string[];
  /** The settings, as they were read. */
  readonly settings?: { readonly file: string; readonly text: string };
}

const opening = later<typeof import("./settings/open_settings.ts")>(
  "./settings/open_settings.ts",
);

addEventListener("message", (event) => {
  if (!(event instanceof MessageEvent)) return;
  const [port] = event.ports;
  if (port === undefined) return;
  run(event.data, port).then(
    (exit) => port.postMessage(exit),
    // Becomes the Worker's error, which its owner reports.
    (error) => reportError(error),
  );
}, { once: true });

async function run(
  { args, toolkit, path, flags, operands, settings }: NarrowedTask,
  port: MessagePort,
): Promise<number> {
  const name = path.join(" ");
  const command = MENU.find((each) => each.path.join(" ") === name);
  if (command === undefined) {
    throw new Error(`Cannot run "${name}": no such command`);
  }
  const bare = realWorld(args, toolkit, signalsFrom(port));
  const world = settings === undefined
    ? bare
    : await withOpened(settings, bare);
  return await perform({ command, input: { flags, operands, world } });
}

async function withOpened(
  { file, text }: NonNullable<NarrowedTask["settings"]>,
  world: World,
): Promise<World> {
  const { openSettings } = await opening();
  return { ...world, settings: openSettings(file, text, world.cwd) };
}

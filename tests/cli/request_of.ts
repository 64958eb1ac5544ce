import assert from "node:assert/strict";
import { join } from "node:path";
import type { Request } from "../../cli/application.ts";
import { realWorld } from "../../cli/real_world.ts";
import { OWN_ENV } from "../../cli/touches.ts";
import { parse } from "../../cli/run_cli.ts";
import type { Setting } from "./every_command.ts";
import { plainWorld } from "./plain_world.ts";
import { NO_LOGINS, withEngine } from "./theory.ts";

/** Folder of main.ts. */
export const ROOT = join(import.meta.dirname ?? ".", "../..");

/** The names that permissions depend on, besides those of secrets. */
const SEEN = [
  ...OWN_ENV,
  "MODAL_CONFIG_PATH",
  "DOCKER_HOST",
  "CONTAINER_HOST",
  ...Object.keys(NO_LOGINS),
];

/** What a command line asks for, as the program itself understands it. */
export async function requestOf(
  args: readonly string[],
  { dir: cwd, env }: Pick<Setting, "dir" | "env">,
): Promise<Request> {
  const { world, err } = plainWorld(args, {
    cwd,
    env: (name) => SEEN.includes(name) ? withEngine(env)[name] : undefined,
  });
  const toolkit = { ...world.toolkit, dir: ROOT };
  // What documents say counts, too.
  const signals = { ...world, unheard: <T>(action: () => T) => action() };
  const { files } = realWorld(args, toolkit, signals);
  const request = await parse({ ...world, toolkit, files });
  assert.equal(typeof request, "object", `${args.join(" ")}: ${err()}`);
  return request as Request;
}

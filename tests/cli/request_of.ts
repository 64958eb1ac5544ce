import assert from "node:assert/strict";
import { join } from "node:path";
import type { Request } from "../../cli/application.ts";
import { parse } from "../../cli/run_cli.ts";
import { plainWorld } from "./plain_world.ts";

/** Folder of main.ts. */
export const ROOT = join(import.meta.dirname ?? ".", "../..");

/** What a command line asks for, as the program itself understands it. */
export async function requestOf(
  args: readonly string[],
  cwd: string,
): Promise<Request> {
  const { world, err } = plainWorld(args, { cwd });
  const toolkit = { ...world.toolkit, dir: ROOT };
  const request = await parse({ ...world, toolkit });
  assert.equal(typeof request, "object", `${args.join(" ")}: ${err()}`);
  return request as Request;
}

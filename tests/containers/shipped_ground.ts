import assert from "node:assert/strict";
import { join } from "node:path";
import { type Printed, theory } from "../cli/theory.ts";
import { temporary } from "../adapters/temporary.ts";
import type { TestEngine } from "./each_engine.ts";
import { requireCode } from "./probe_ground.ts";
import { programOutput } from "./program_output.ts";

/** The state folders that instances of a ground may have, relative to it. */
export const STATE_DIRS = ["open", "closed"] as const;

/** A folder in which a shipped processor is pinned to an image that was just built of it. */
export interface ShippedGround extends AsyncDisposable {
  readonly dir: string;
  /** Runs a command there, on the engine. */
  command(args: readonly string[]): Promise<Printed>;
}

/** Builds the image of a shipped processor and pins it in a registry of its own, which comes before the shipped one. */
export async function shippedGround(
  { env }: TestEngine,
  ref: string,
): Promise<ShippedGround> {
  await using kept = new AsyncDisposableStack();
  const { folder: dir } = kept.use(await temporary());
  const registry = join(dir, "processors");
  const inPlace = { cwd: dir, env: { ...env, THEORY_REGISTRY: registry } };
  const command = (args: readonly string[]) => theory(args, inPlace);
  const built = requireCode(
    await theory(["imagectl", "build", "--ref", ref], { cwd: dir, env }),
    0,
  );
  await doAsTold(built.stderr, { dir, command });
  for (const place of STATE_DIRS) {
    const stop = ["localctl", "stop", "--all", "--state-dir", place];
    kept.defer(async () => void await command(stop));
  }
  const all = kept.move();
  return { dir, command, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

/** Copies the entry and pins it by what a build of a shipped processor says at its end. */
async function doAsTold(
  said: string,
  { dir, command }: Pick<ShippedGround, "dir" | "command">,
): Promise<void> {
  const [, from, to, pin] =
    /^Copy (\S+) to (\S+), then pin it: deno run \S*\/main\.ts (.*)$/m.exec(
      said,
    ) ?? [];
  assert.ok(from && to && pin, said);
  await Deno.mkdir(join(dir, to, ".."), { recursive: true });
  await programOutput(["cp", "-r", from, join(dir, to)]);
  requireCode(await command(pin.split(" ")), 0);
}

import { join } from "node:path";
import { parseRef } from "../../schemas/mod.ts";
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
  const registry = join(dir, "registry");
  const inPlace = { cwd: dir, env: { ...env, THEORY_REGISTRY: registry } };
  const command = (args: readonly string[]) => theory(args, inPlace);
  const built = requireCode(
    await theory(["imagectl", "build", "--ref", ref, "--json"], {
      cwd: dir,
      env,
    }),
    0,
  );
  const { platform, image_tag, image_id } = JSON.parse(built.stdout);
  const pin = `${image_tag.replace(/:[^:]*$/, "")}@${image_id}`;
  const file = join(await copyEntry(ref, registry), "registry.yaml");
  const lines = ["image:", "  platforms:", `    ${platform}: ${pin}`, ""];
  await Deno.writeTextFile(file, lines.join("\n"), { append: true });
  for (const place of STATE_DIRS) {
    const stop = ["localctl", "stop", "--all", "--state-dir", place];
    kept.defer(async () => void await command(stop));
  }
  const all = kept.move();
  return { dir, command, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

/** Copies the folder of a shipped entry into a registry; answers the copy. */
async function copyEntry(ref: string, registry: string): Promise<string> {
  const { namespace, name, version } = parseRef(ref) ?? {};
  const place = `${namespace}/${name}/${version}`;
  const shipped = new URL(`../../registry/${place}`, import.meta.url).pathname;
  const to = join(registry, place);
  await Deno.mkdir(join(to, ".."), { recursive: true });
  await programOutput(["cp", "-r", shipped, to]);
  return to;
}

import { join } from "node:path";
import { temporary } from "../adapters/temporary.ts";
import { NO_LOGINS, theory } from "../cli/theory.ts";
import type { TestEngine } from "./each_engine.ts";
import { programOutput } from "./program_output.ts";

/** The entry, for commands in its folder. */
export const REF = ["--ref", "demo/image@1", "--registry", "registry"];
/** A Dockerfile that can be built, of what is beside it. */
export const GOOD = [
  "FROM denoland/deno:2.9.6",
  "COPY . /context",
  "RUN echo said by a step",
  "",
].join("\n");

/** An entry with a Dockerfile in a registry of its own, and commands about its image. */
export async function imageGround(
  { env, client }: TestEngine,
  files: Readonly<Record<string, string>>,
) {
  await using kept = new AsyncDisposableStack();
  const { folder: cwd } = kept.use(await temporary());
  const entry = join(cwd, "registry/demo/image/1");
  const all = { ...files, "registry.yaml": ENTRY };
  for (const [path, text] of Object.entries(all)) {
    const file = join(entry, path);
    await Deno.mkdir(join(file, ".."), { recursive: true });
    await Deno.writeTextFile(file, text);
  }
  const place = { cwd, env: { ...NO_LOGINS, ...env } };
  const command = (args: readonly string[], more = {}) =>
    theory(args, { cwd, env: { ...place.env, ...more } });
  kept.defer(() => removeImages(client));
  const rest = kept.move();
  return {
    entry,
    place,
    command,
    image: (word: string, args: readonly string[] = [], more = {}) =>
      command(["imagectl", word, ...REF, ...args], more),
    [Symbol.asyncDispose]: () => rest.disposeAsync(),
  };
}

const ENTRY = [
  "ref: demo/image@1",
  "build: { context: . }",
  "inputs: { type: object }",
  "outputs:",
  "  - { path: a.txt, mime: text/plain }",
  "",
].join("\n");

export async function removeImages(client: readonly string[]): Promise<void> {
  const ids = await programOutput([
    ...[...client, "images", "--quiet", "--filter"],
    "label=theory.ref=demo/image@1",
  ]);
  const found = [...new Set(ids.split("\n").filter(Boolean))];
  if (found.length === 0) return;
  await programOutput([...client, "rmi", "--force", ...found]);
}

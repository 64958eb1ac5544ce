import type { TestEngine } from "./each_engine.ts";
import { built, type Ground, groundOf } from "./python_processor.ts";

/** How images of programs are made; see tests/containers/program. */
export type Generation = "first" | "second" | "third";

/** Builds a program; answers how an entry pins it. */
export async function programImage(
  engine: TestEngine,
  generation: Generation,
): Promise<string> {
  const name = `theory-tests/program-${generation}`;
  const context = new URL("program/", import.meta.url).pathname;
  const id = await built(engine, [
    ...["--target", generation, "--tag", name, context],
  ]);
  return `${name}@${id}`;
}

/** Makes a registry of one. */
export async function programGround(
  engine: TestEngine,
  generation: Generation,
): Promise<Ground> {
  return await groundOf(engine, {
    ref: `demo/${generation}@1`,
    image: await programImage(engine, generation),
    lines: [
      "api: { protocol: file }",
      "secrets: { required: [DEMO_KEY] }",
      "outputs:",
      "  - { path: text/response.txt, mime: text/plain }",
    ],
  });
}

import assert from "node:assert/strict";
import { isObject, type Json } from "../../schemas/mod.ts";
import type { Printed } from "../cli/theory.ts";
import type { TestEngine } from "./each_engine.ts";
import { programOutput } from "./program_output.ts";
import { built, type Ground, groundOf } from "./python_processor.ts";

/** The processor that tells what it sees of the world. */
export const PROBE = "demo/probe@1";
const REF = ["--ref", PROBE];

const LINES = [
  "secrets: { optional: [PROBE, PROBE_SECRET] }",
  "outputs:",
  "  - { path: never.txt, mime: text/plain, required: false }",
];

/** A ground for the probe, and what its tests do with it. */
export interface ProbeGround extends Ground {
  /** `localctl WORD --ref demo/probe@1` with more arguments and environment. */
  local(
    word: string,
    more?: readonly string[],
    env?: Readonly<Record<string, string>>,
  ): Promise<Printed>;
  /** What the instance answers. */
  ask(path: string): Promise<Json>;
  /** What the engine says about its container. */
  inspected(): Promise<Record<string, Json>>;
  /** The id of its container; empty when it has none. */
  id(): Promise<string>;
}

/** Builds the image of the probe, which is another one for every mark. */
export async function probeImage(
  engine: TestEngine,
  mark = "first",
): Promise<string> {
  const name = `theory-tests/probe-${mark}`;
  const context = new URL("probe/", import.meta.url).pathname;
  const id = await built(engine, [
    ...["--label", `test.mark=${mark}`, "--tag", name, context],
  ]);
  return `${name}@${id}`;
}

/** A registry with the probe, and a state folder. */
export async function probeGround(engine: TestEngine): Promise<ProbeGround> {
  const image = await probeImage(engine);
  const ground = await groundOf(engine, { ref: PROBE, image, lines: LINES });
  const { client } = engine;
  const id = async () => (await ground.left())[0] ?? "";
  const local: ProbeGround["local"] = (word, more = [], env = {}) =>
    ground.command(["localctl", word, ...REF, ...more], env);
  return {
    ...ground,
    local,
    id,
    async ask(path) {
      const { stdout, stderr } = await local("url");
      assert.match(stdout, /^http:/, stderr);
      const response = await fetch(new URL(path, stdout.trim()));
      return await response.json();
    },
    async inspected() {
      const text = await programOutput([...client, "inspect", await id()]);
      const [found] = JSON.parse(text);
      assert.ok(isObject(found));
      return found as Record<string, Json>;
    },
  };
}

/** Fails with what a command said, unless it ended with a code. */
export function requireCode(printed: Printed, code: number): Printed {
  assert.equal(printed.code, code, `${printed.stdout}\n${printed.stderr}`);
  return printed;
}

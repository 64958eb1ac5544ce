import { join } from "node:path";
import { hostPlatform } from "../../adapters/images/mod.ts";
import { temporary } from "../adapters/temporary.ts";
import { type Printed, spawn, theory } from "../cli/theory.ts";
import type { TestEngine } from "./each_engine.ts";

/** The processor that is pinned. */
export const REF = "demo/pin@1";
/** What this machine runs. */
export const HOST = hostPlatform();
const NOT_YET = "demo/pin@sha256:REPLACE_ME";

/** Its entry before that. */
export const ENTRY = `# A processor that is pinned
ref: ${REF}
image:
  platforms:
    # What was tested
    ${HOST}: ${NOT_YET}   # not yet
inputs: { type: object }
`;

/** Its entry after that. */
export function pinnedTo(reference: string): string {
  return ENTRY.replace(NOT_YET, reference);
}

type Names = Readonly<Record<string, string>>;

/** A folder with an entry of the user's own. */
export interface PinGround extends AsyncDisposable {
  readonly folder: string;
  /** The document of the entry, which others may not read. */
  readonly file: string;
  text(): Promise<string>;
  /** Pins it, in an environment with some more names. */
  pin(args: readonly string[], env?: Names): Promise<Printed>;
  /** The same, going on. */
  begin(args: readonly string[]): Deno.ChildProcess;
}

/** The arguments of a command that pins the entry. */
export function pinOf(args: readonly string[]): readonly string[] {
  const pin = ["registry", "pin", "--ref", REF, "--registry", "processors"];
  return [...pin, ...args];
}

/** Writes an entry that is not pinned yet. */
export async function pinGround(engine: TestEngine): Promise<PinGround> {
  const temp = await temporary();
  const { folder: cwd } = temp;
  const file = join(cwd, "processors/demo/pin/1/registry.yaml");
  await Deno.mkdir(join(file, ".."), { recursive: true });
  await Deno.writeTextFile(file, ENTRY, { mode: 0o640 });
  const within = (env: Names) => ({ cwd, env: { ...engine.env, ...env } });
  return {
    ...temp,
    file,
    text: () => Deno.readTextFile(file),
    pin: (args, env = {}) => theory(pinOf(args), within(env)),
    begin: (args) => spawn(pinOf(args), within({})),
  };
}

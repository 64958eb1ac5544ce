import type { Host } from "../../lsp/mod.ts";
import { fileUrl } from "../../schemas/mod.ts";
import { later } from "../command_module.ts";
import { typed } from "../program.ts";
import { flagShapes } from "../settings/flag_shapes.ts";
import type { World } from "../world.ts";
import { grantedFlags, mayRun } from "./granted_flags.ts";
import { hostRegistry } from "./host_registry.ts";
import { REAL_FILES } from "./real_files.ts";

/** Runs are rare, and take most of the command line. */
const running = later<typeof import("./run_mock.ts")>("./lsp/run_mock.ts");

/** The world as the language server sees it. */
export function realHost(world: World): Host {
  const { version, dir, deno } = world.toolkit;
  const runs = ["deno", deno].some(mayRun);
  return {
    files: REAL_FILES,
    registry: (place) => hostRegistry(place, world),
    monotonic: world.clock.monotonic,
    commandLine: (words) => typed(world.toolkit, words),
    docs: (code) => `${fileUrl(`${dir}/docs/errors.md`)}#${code.toLowerCase()}`,
    get flags() {
      return flagShapes();
    },
    permissions: grantedFlags([dir, world.cwd]),
    ...(runs ? { runMock: runnerIn(world) } : {}),
    version,
  };
}

function runnerIn(world: World): NonNullable<Host["runMock"]> {
  return async (request) => {
    const { runMock } = await running();
    return await runMock(request, world);
  };
}

import type { Host } from "../../lsp/mod.ts";
import { fileUrl } from "../../schemas/mod.ts";
import { typed } from "../program.ts";
import { flagShapes } from "../settings/flag_shapes.ts";
import type { World } from "../world.ts";
import { grantedFlags } from "./granted_flags.ts";
import { hostRegistry } from "./host_registry.ts";
import { REAL_FILES } from "./real_files.ts";
import { mockRunner } from "./run_mock.ts";

/** The world as the language server sees it. */
export function realHost(world: World): Host {
  const { program, version, dir } = world.toolkit;
  const runMock = mockRunner(world);
  return {
    files: REAL_FILES,
    registry: (place) => hostRegistry(place, world),
    monotonic: world.clock.monotonic,
    commandLine: (words) => typed(program, words),
    docs: (code) => `${fileUrl(`${dir}/docs/errors.md`)}#${code.toLowerCase()}`,
    get flags() {
      return flagShapes();
    },
    permissions: grantedFlags([dir, world.cwd]),
    ...(runMock === undefined ? {} : { runMock }),
    version,
  };
}

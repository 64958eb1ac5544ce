import type { Host, HostRegistry, RegistryPlace } from "../../lsp/mod.ts";
import { openRegistry, rootsFrom, SHIPPED_DIR } from "../../registry/mod.ts";
import { fileUrl } from "../../schemas/mod.ts";
import { typed } from "../program.ts";
import type { World } from "../world.ts";
import { grantedFlags } from "./granted_flags.ts";
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
    permissions: grantedFlags([dir, world.cwd]),
    ...(runMock === undefined ? {} : { runMock }),
    version,
  };
}

function hostRegistry({ roots }: RegistryPlace, world: World): HostRegistry {
  const registry = openRegistry(rootsFrom({
    environment: world.env("THEORY_REGISTRY"),
    config: roots,
    shippedDir: SHIPPED_DIR,
  }));
  return {
    entry: (ref) => registry.entry(ref)?.entry,
    get refs() {
      return registry.list().map(({ entry }) => entry.ref);
    },
    title: (ref) => registry.entry(ref)?.entry.title,
    file: (ref) => registry.entry(ref)?.file,
  };
}

import type { Host, HostRegistry, RegistryPlace } from "../../lsp/mod.ts";
import {
  brokenEntry,
  hasEntry,
  type LoadedEntry,
  openRegistry,
  type Registry,
  rootsFrom,
  SHIPPED_DIR,
} from "../../registry/mod.ts";
import { type BrokenEntry, Failure, fileUrl } from "../../schemas/mod.ts";
import { typed } from "../program.ts";
import { flagShapes } from "../settings/flag_shapes.ts";
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
    get flags() {
      return flagShapes();
    },
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
    entry: (ref) => found(registry, ref)?.entry,
    get refs() {
      return known(registry);
    },
    broken: (ref) => brokenIn(registry, ref),
    title: (ref) => found(registry, ref)?.entry.title,
    file: (ref) => found(registry, ref)?.file,
  };
}

/** An entry that has errors, or a root that went away, is no reason to say nothing about a document. */
function found(registry: Registry, ref: string): LoadedEntry | undefined {
  return orElse(() => registry.entry(ref), undefined);
}

function known(registry: Registry): readonly string[] {
  return orElse(() => registry.list().map(({ entry }) => entry.ref), []);
}

function brokenIn(registry: Registry, ref: string): BrokenEntry | undefined {
  const read = orElse(() => registry.load(ref), undefined);
  if (read === undefined || hasEntry(read)) return undefined;
  const { file: source, diagnostics } = read;
  const first = diagnostics.find(({ severity }) => severity === "error");
  const span = first?.span ?? { start: 0, end: 0 };
  return { message: brokenEntry(read).message, at: { source, span } };
}

function orElse<T>(ask: () => T, otherwise: T): T {
  try {
    return ask();
  } catch (error) {
    if (error instanceof Failure) return otherwise;
    throw error;
  }
}

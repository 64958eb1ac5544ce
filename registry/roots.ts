import { resolve } from "../schemas/mod.ts";

/** A folder of registry entries. */
export interface RegistryRoot {
  /** Absolute. */
  readonly dir: string;
  /** Whether it came with theoryctl. */
  readonly shipped: boolean;
}

export interface RootsSources {
  /** `--registry`, as often as it was given. */
  readonly flags?: readonly string[];
  /** `THEORY_REGISTRY`: folders separated by ":". */
  readonly environment?: string | undefined;
  /** `registry` of the configuration. */
  readonly config?: readonly string[];
  /** Absolute folder that relative ones start from. */
  readonly cwd: string;
  readonly shippedDir: string;
}

/** Registry roots in order of search: flags, environment, configuration, the shipped one. Each once. */
export function rootsFrom(sources: RootsSources): readonly RegistryRoot[] {
  const { flags = [], environment = "", config = [], cwd, shippedDir } =
    sources;
  const dirs = [...flags, ...environment.split(":"), ...config]
    .filter((dir) => dir !== "").map((dir) => resolve(cwd, dir))
    .filter((dir) => dir !== shippedDir);
  return [
    ...[...new Set(dirs)].map((dir) => ({ dir, shipped: false })),
    { dir: shippedDir, shipped: true },
  ];
}

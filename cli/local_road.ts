import { join, resolve } from "../schemas/mod.ts";
import config from "../deno.json" with { type: "json" };
import {
  type Adapter,
  type ArtifactStore,
  denoCommand,
  type EitherEngine,
  eitherEngine,
  fileStore,
  type Journal,
  type KnownFiles,
  knownFiles,
  localAdapter,
  openStateDir,
  sandboxEngine,
  type SandboxParts,
  SERVER_ENVIRONMENT,
  sqliteJournal,
  sweepRuns,
  websocketTransport,
} from "../adapters/mod.ts";
import {
  SERVER_ENV,
  SERVER_MODULE,
  serverPermissions,
} from "../runtime/mod.ts";
import { later } from "./command_module.ts";
import { printable } from "./printable.ts";
import { secretValues as valuesOf } from "./secrets.ts";
import { stateDirOf } from "./touches.ts";
import type { World } from "./world.ts";

/** Everything that runs on this machine need, around one state folder. */
export interface LocalRoad {
  readonly adapter: Adapter;
  readonly engine: EitherEngine;
  readonly store: ArtifactStore;
  /** What is known about files that were attached before. */
  readonly known: KnownFiles;
  /** Opened when it is used, closed by who used it. */
  readonly journal: Journal;
}

/** Opens the state folder, making it when it is not there, and puts the local adapter together. */
export async function localRoad(
  flags: { readonly stateDir: string | undefined; readonly quiet?: boolean },
  world: World,
  secretValues: readonly string[] = [],
): Promise<LocalRoad> {
  const stateDir = resolve(world.cwd, stateDirOf(flags, world));
  const { artifacts, known } = await openStateDir(stateDir);
  const pending = await sweepRuns(stateDir);
  const parts = await sandboxParts(stateDir, artifacts, world);
  const sandbox = sandboxEngine(parts);
  const containers = async () =>
    (await partsModule()).containerParts(stateDir, world);
  const engine = eitherEngine({ stateDir, sandbox, containers });
  await removePending(pending, engine, world);
  const store = fileStore(artifacts);
  const note = (text: string) => {
    if (flags.quiet !== true) world.stderr.write(`${printable(text)}\n`);
  };
  const adapter = localAdapter({
    engine,
    ephemeral: (request) => sandbox.ephemeral(request),
    transport: websocketTransport(),
    programs: async () => ({
      ...parts,
      containers: await containers(),
      objectsDir: store.objectsDir,
      secrets: (entry) =>
        valuesOf(entry, { instead: "run it with --mode mock" }, world),
      note,
    }),
    store,
    objectsDir: store.objectsDir,
    secretValues,
    monotonic: world.clock.monotonic,
    note,
  });
  const journal = journalOf(stateDir, world);
  return { adapter, engine, store, known: knownFiles(known), journal };
}

/** What cannot be removed now, or takes too long, is tried by the next command. */
async function removePending(
  refs: readonly string[],
  engine: EitherEngine,
  { interrupted }: World,
): Promise<void> {
  if (refs.length === 0) return;
  const limit = AbortSignal.timeout(PENDING_WITHIN);
  const signal = AbortSignal.any([interrupted, limit]);
  for (const ref of refs) await engine.removeLeft(ref, signal).catch(() => {});
}

/** Milliseconds that a command takes to remove from an engine what killed ones left. */
const PENDING_WITHIN = 5_000;

const partsModule = later<typeof import("./container_parts.ts")>(
  "./container_parts.ts",
);

/** The journal of a state folder, which exists. */
export function journalOf(stateDir: string, world: World): Journal {
  return sqliteJournal({
    folder: stateDir,
    now: () => new Date(world.clock.now()),
    note: (text) => world.stderr.write(`${text}\n`),
  });
}

async function sandboxParts(
  stateDir: string,
  artifacts: string,
  world: World,
): Promise<SandboxParts> {
  const environment = SERVER_ENVIRONMENT.flatMap((name) => {
    const value = world.env(name);
    return value === undefined ? [] : [[name, value]];
  });
  return {
    stateDir,
    denoCommand: await denoCommand(),
    serverModule: SERVER_MODULE,
    permissions: serverPermissions,
    environment: { ...SERVER_ENV, ...Object.fromEntries(environment) },
    objectsDir: join(artifacts, "objects"),
    toolkitImports: {
      base: new URL("../deno.json", import.meta.url).href,
      imports: config.imports,
    },
    now: () => new Date(world.clock.now()),
    killed: world.killed,
    randomToken: () => `${world.uuid()}${world.uuid()}`.replaceAll("-", ""),
  };
}

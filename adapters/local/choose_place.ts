import type { Entry } from "../../schemas/mod.ts";
import { canonicalDigest, Failure } from "../../schemas/mod.ts";
import type {
  Engine,
  Instance,
  InstanceStatus,
  InvokeHooks,
  Transport,
} from "../ports.ts";
import type { Ephemeral, EphemeralRequest } from "../sandbox/ephemeral.ts";
import { deathOf, died } from "./death.ts";
import { type Found, runUrl } from "./find_instance.ts";
import type { ProgramRun, ProgramSources } from "../programs/program_place.ts";
import type { RunPlace } from "./run_place.ts";

/** Where the local adapter finds places. */
export interface PlaceSources {
  readonly engine: Engine;
  /** To our own servers. */
  readonly transport: Transport;
  /** Where the store has its bytes, for processors that do not see the store. */
  readonly objectsDir?: string;
  /** What running processors takes that are no servers; asked for when there is one. */
  readonly programs?: () => Promise<ProgramSources>;
  /** Starts a server for one mock run. */
  readonly ephemeral: (request: EphemeralRequest) => Promise<Ephemeral>;
  /** Tells the user what was done without being asked. */
  readonly note: (message: string) => void;
}

/**
 * Where to run: on the running instance, if it runs what the entry says now (`ERR_IMAGE_DRIFT` otherwise); in a
 * container of its own when the processor is no server; in `mock` else in an ephemeral sandbox, when there is a handler;
 * else `ERR_NOT_RUNNING`.
 */
export async function choosePlace(
  sources: PlaceSources,
  { search, waitMs, onWait, ...run }: ProgramRun & {
    /** For an instance of it, which may have been begun a while ago. */
    readonly search: Promise<Found | undefined>;
    /** For an ephemeral sandbox to be ready. */
    readonly waitMs: number;
    readonly onWait?: InvokeHooks["onWait"];
  },
): Promise<RunPlace> {
  const { processor, mode, signal } = run;
  const { entry } = processor;
  const recorded = await search;
  const found = recorded?.found;
  if (recorded !== undefined && found?.state === "running") {
    const { line, digest } = recorded;
    const place = await onInstance(found.instance, entry, { ...sources, line });
    try {
      if (mode === "real") await requireNetwork(found.instance);
      await requireSame(found.instance, { entry, now: await digest });
      if (mode === "mock") return place;
      await requireSecrets(found.instance, entry);
      return { ...place, ...await saidSecrets(found.instance, sources) };
    } catch (error) {
      await place.leave();
      throw error;
    }
  }
  const { programs } = sources;
  if (programs !== undefined && isProgram(entry)) {
    const { programPlace } = await loadPrograms();
    return await programPlace(run, await programs());
  }
  if (mode === "real" || entry.handler === undefined) {
    throw notRunning(entry.ref, found);
  }
  sources.note(`${stateOf(entry.ref, found)}: using an ephemeral sandbox`);
  return inEphemeral(
    await sources.ephemeral({ processor, waitMs, signal, onWait }),
    { entry, transport: sources.transport },
  );
}

/** Whether a processor is run, not asked. */
function isProgram({ api, handler }: Entry): boolean {
  return api.protocol === "file" && handler === undefined;
}

async function onInstance(
  instance: Instance,
  entry: Entry,
  { engine, line, objectsDir, transport }:
    & Pick<PlaceSources, "engine" | "objectsDir" | "transport">
    & Pick<Found, "line">,
): Promise<RunPlace> {
  const isOurs = instance.layout === "per-run";
  return {
    ...(line && { line }),
    ...(isOurs
      ? { transport, url: runUrl(instance, entry), token: instance.token }
      : await foreignRoad(instance, entry)),
    entry,
    engine: instance.engine,
    layout: instance.layout,
    // The sandbox reads the store itself.
    objectsDir: instance.engine === "sandbox" ? undefined : objectsDir,
    runsDir: instance.runsDir,
    imageDigest: instance.digest,
    secrets: instance.secrets,
    async explain(failure) {
      if (!isOutage(failure)) return failure;
      const now = await engine.find(instance.ref).catch(asFailure);
      if (now instanceof Failure) return now;
      return now?.state === "running" ? failure : died(instance.ref, failure);
    },
    leave: () => Promise.resolve(line?.close()),
  };
}

/** Our own servers say no secret. */
async function saidSecrets(
  instance: Instance,
  { engine }: Pick<PlaceSources, "engine">,
): Promise<Pick<RunPlace, "secretValues">> {
  if (instance.layout === "per-run") return {};
  return { secretValues: await engine.secretValues?.(instance) ?? [] };
}

/** How to get to a server that is not ours; loaded late, because runs on our own do not take it. */
async function foreignRoad(
  { url }: Instance,
  { ref, api }: Entry,
): Promise<Pick<RunPlace, "transport" | "url" | "healthUrl">> {
  const { protocol } = api;
  if (protocol === "file") throw notServed(ref);
  const { addressesOf, transportFor } = await loadTransports();
  return {
    transport: await transportFor(protocol),
    ...addressesOf(url, api),
  };
}

function loadPrograms(): Promise<
  typeof import("../programs/program_place.ts")
> {
  return import(
    new URL("../programs/program_place.ts", import.meta.url).href
  );
}

function loadTransports(): Promise<
  typeof import("../transports/transport_for.ts")
> {
  return import(
    new URL("../transports/transport_for.ts", import.meta.url).href
  );
}

function inEphemeral(
  server: Ephemeral,
  { entry, transport }: Pick<RunPlace, "entry" | "transport">,
): RunPlace {
  return {
    entry,
    engine: "sandbox",
    transport,
    layout: "per-run",
    url: new URL("/run", server.url).href,
    token: server.token,
    runsDir: server.runsDir,
    imageDigest: canonicalDigest(entry),
    secrets: [],
    async explain(failure) {
      const status = isOutage(failure) ? await server.ended() : undefined;
      const log = server.log();
      return withLog(
        status === undefined
          ? failure
          : deathOf(entry, { status, log }, failure),
        log,
      );
    },
    leave: () => server.end(),
  };
}

/** Whether the server may have died of it. */
function isOutage({ code }: Failure): boolean {
  return ["ERR_NETWORK", "ERR_CONNECTION_LOST", "ERR_FINAL_MISSING"]
    .includes(code);
}

/** The log of an ephemeral sandbox is gone with it, so its end is shown now. */
function withLog({ code, message, cause }: Failure, text: string): Failure {
  const log = text.trimEnd().split("\n").slice(-20);
  return new Failure(code, message, {
    hint: log.join("\n"),
    details: { log },
    cause,
  });
}

function loadStartAgain(): Promise<typeof import("../start_again.ts")> {
  return import(new URL("../start_again.ts", import.meta.url).href);
}

async function requireSame(
  instance: Instance,
  { entry, now }: { readonly entry: Entry; readonly now: string },
): Promise<void> {
  const { ref, digest } = instance;
  if (digest === now) return;
  const { startAgain } = await loadStartAgain();
  throw new Failure(
    "ERR_IMAGE_DRIFT",
    `Cannot run on the instance of "${ref}": the processor was changed since it started`,
    {
      hint: startAgain(instance, entry),
      details: { running: digest, registry: now },
    },
  );
}

async function requireSecrets(
  instance: Instance,
  { ref, secrets }: Entry,
): Promise<void> {
  const missing = secrets.required.filter((name) =>
    !instance.secrets.includes(name)
  );
  if (missing.length === 0) return;
  const { startAgain } = await loadStartAgain();
  throw new Failure(
    "ERR_MISSING_SECRET",
    `Cannot run "${ref}" in real: its instance was started without ${
      missing.join(", ")
    }`,
    {
      hint: `Export them, then: ${startAgain(instance)}`,
      details: { missing },
    },
  );
}

/** What came in place of an answer of the engine, if that is one that users are told. */
function asFailure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  throw error;
}

async function requireNetwork(instance: Instance): Promise<void> {
  const { ref, hermetic } = instance;
  if (hermetic !== true) return;
  const { startAgain } = await loadStartAgain();
  throw new Failure(
    "ERR_MODE_UNSUPPORTED",
    `Cannot run "${ref}" in real: its instance was started with --hermetic, and gets to no network`,
    { hint: startAgain({ ...instance, hermetic: false }) },
  );
}

/** Our own server in a container takes runs whatever the entry says; others do as it says. */
function notServed(ref: string): Failure {
  return new Failure(
    "ERR_PROTOCOL",
    `Cannot run on the instance of "${ref}": its entry says that it is no server (api.protocol: file)`,
    { hint: `localctl stop --ref ${ref}; each run has its own container` },
  );
}

/** Why there is no instance to run on. */
function stateOf(ref: string, found: InstanceStatus | undefined): string {
  if (found === undefined) return `No instance of ${ref} is running`;
  return found.state === "ending"
    ? `The instance of ${ref} is ending, because ${
      found.why ?? "it was told to"
    }`
    : `The instance of ${ref} has ended (localctl logs --ref ${ref} shows why)`;
}

function notRunning(ref: string, found: InstanceStatus | undefined): Failure {
  const state = stateOf(ref, found);
  return new Failure(
    "ERR_NOT_RUNNING",
    `Cannot run "${ref}": ${state.charAt(0).toLowerCase()}${state.slice(1)}`,
    { hint: `localctl start --ref ${ref}` },
  );
}

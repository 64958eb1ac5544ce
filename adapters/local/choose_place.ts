import type { Entry } from "../../schemas/mod.ts";
import { canonicalDigest, Failure } from "../../schemas/mod.ts";
import type {
  Engine,
  Instance,
  InstanceStatus,
  InvokeHooks,
  SnapshotEntry,
  Transport,
} from "../ports.ts";
import type { Ephemeral, EphemeralRequest } from "../sandbox/ephemeral.ts";
import { deathOf, died } from "./death.ts";
import { type Found, runUrl } from "./find_instance.ts";
import type { RunPlace } from "./run_place.ts";

/** Where the local adapter finds places. */
export interface PlaceSources {
  readonly engine: Engine;
  readonly transport: Transport;
  /** Starts a server for one mock run. */
  readonly ephemeral: (request: EphemeralRequest) => Promise<Ephemeral>;
  /** Tells the user what was done without being asked. */
  readonly note: (message: string) => void;
}

/**
 * Where to run: on the running instance, if it runs what the entry says now (`ERR_IMAGE_DRIFT`
 * otherwise); in `mock` else in an ephemeral sandbox, when there is a handler; else `ERR_NOT_RUNNING`.
 */
export async function choosePlace(
  sources: PlaceSources,
  { processor, search, mode, waitMs, signal, onWait }: {
    readonly processor: SnapshotEntry;
    /** For an instance of it, which may have been begun a while ago. */
    readonly search: Promise<Found | undefined>;
    readonly mode: "mock" | "real";
    /** For an ephemeral sandbox to be ready. */
    readonly waitMs: number;
    readonly signal: InvokeHooks["signal"];
    readonly onWait?: InvokeHooks["onWait"];
  },
): Promise<RunPlace> {
  const { entry } = processor;
  const recorded = await search;
  const found = recorded?.found;
  if (recorded !== undefined && found?.state === "running") {
    const { line, digest } = recorded;
    const place = onInstance(found.instance, entry, { ...sources, line });
    try {
      requireSame(found.instance, await digest);
      if (mode === "real") requireSecrets(found.instance, entry);
      return place;
    } catch (error) {
      await place.leave();
      throw error;
    }
  }
  if (mode === "real" || entry.handler === undefined) {
    throw notRunning(entry.ref, found);
  }
  sources.note(`${stateOf(entry.ref, found)}: using an ephemeral sandbox`);
  return inEphemeral(
    await sources.ephemeral({ processor, waitMs, signal, onWait }),
    entry,
  );
}

function onInstance(
  instance: Instance,
  entry: Entry,
  { engine, line }: Pick<PlaceSources, "engine"> & Pick<Found, "line">,
): RunPlace {
  return {
    ...(line && { line }),
    url: runUrl(instance, entry),
    token: instance.token,
    runsDir: instance.runsDir,
    imageDigest: instance.digest,
    secrets: instance.secrets,
    async explain(failure) {
      if (!isOutage(failure)) return failure;
      const now = await engine.find(instance.ref);
      return now?.state === "running" ? failure : died(instance.ref, failure);
    },
    leave: () => Promise.resolve(line?.close()),
  };
}

function inEphemeral(server: Ephemeral, entry: Entry): RunPlace {
  return {
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

function requireSame({ ref, digest }: Instance, now: string): void {
  if (digest === now) return;
  throw new Failure(
    "ERR_IMAGE_DRIFT",
    `Cannot run on the instance of "${ref}": the processor was changed since it started`,
    {
      hint: `localctl stop --ref ${ref} && localctl start --ref ${ref}`,
      details: { running: digest, registry: now },
    },
  );
}

function requireSecrets(instance: Instance, { ref, secrets }: Entry): void {
  const missing = secrets.required.filter((name) =>
    !instance.secrets.includes(name)
  );
  if (missing.length === 0) return;
  throw new Failure(
    "ERR_MISSING_SECRET",
    `Cannot run "${ref}" in real: its instance was started without ${
      missing.join(", ")
    }`,
    {
      hint:
        `Export them, then localctl stop --ref ${ref} && localctl start --ref ${ref}`,
      details: { missing },
    },
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

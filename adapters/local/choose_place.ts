import type { Entry } from "../../schemas/mod.ts";
import { canonicalDigest, Failure } from "../../schemas/mod.ts";
import type { Engine, Instance, InvokeHooks, SnapshotEntry } from "../ports.ts";
import type { Ephemeral, EphemeralRequest } from "../sandbox/ephemeral.ts";
import type { RunPlace } from "./run_place.ts";

/** Milliseconds for an ephemeral sandbox to be ready. */
const START_WITHIN = 30_000;

/** Where the local adapter finds places. */
export interface PlaceSources {
  readonly engine: Engine;
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
  { processor, mode, signal }: {
    readonly processor: SnapshotEntry;
    readonly mode: "mock" | "real";
    readonly signal: InvokeHooks["signal"];
  },
): Promise<RunPlace> {
  const { entry } = processor;
  // Both at once: the one waits for the instance, the other for the disk.
  const digest = sources.engine.digest(processor);
  digest.catch(() => {});
  const found = await sources.engine.find(entry.ref);
  if (found?.state === "running") {
    const { instance } = found;
    requireSame(instance, await digest);
    if (mode === "real") requireSecrets(instance, entry);
    return onInstance(instance, entry);
  }
  if (mode === "real" || entry.handler === undefined) {
    throw notRunning(entry.ref);
  }
  sources.note(
    `No instance of ${entry.ref} is running: using an ephemeral sandbox`,
  );
  return inEphemeral(
    await sources.ephemeral({ processor, waitMs: START_WITHIN, signal }),
    entry,
  );
}

function onInstance(instance: Instance, { api }: Entry): RunPlace {
  const path = instance.engine === "sandbox" ? "/run" : api.path;
  return {
    url: new URL(path, instance.url).href,
    token: instance.token,
    runsDir: instance.runsDir,
    imageDigest: instance.digest,
    secrets: instance.secrets,
    explain: (failure) => failure,
    leave: () => Promise.resolve(),
  };
}

function inEphemeral(server: Ephemeral, entry: Entry): RunPlace {
  return {
    url: new URL("/run", server.url).href,
    token: server.token,
    runsDir: server.runsDir,
    imageDigest: canonicalDigest(entry),
    secrets: [],
    explain: (failure) => withLog(failure, server.log()),
    leave: () => server.end(),
  };
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

function notRunning(ref: string): Failure {
  return new Failure(
    "ERR_NOT_RUNNING",
    `Cannot run "${ref}": no instance of it is running`,
    { hint: `localctl start --ref ${ref}` },
  );
}

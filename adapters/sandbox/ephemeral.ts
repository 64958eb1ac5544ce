import { canonicalDigest, join } from "../../schemas/mod.ts";
import type { SnapshotEntry } from "../ports.ts";
import { claim, CLAIM_INSIDE, removeIfThere as removeAtOnce } from "./claim.ts";
import { HOSTNAME, serverConfig } from "./config.ts";
import type { SandboxParts } from "./parts.ts";
import { pause } from "./pause.ts";
import { ephemeralRunsDir, makePrivate, removeIfThere } from "./place.ts";
import type { Server } from "./spawn.ts";
import { endAtOnce, spawnServer } from "./spawn.ts";

/** Milliseconds from a lost connection to the end of the process that held it. */
const DYING_WITHIN = 1000;

export interface EphemeralRequest {
  readonly processor: SnapshotEntry;
  readonly waitMs: number;
  readonly signal: AbortSignal;
  /** Called when its process has been started. */
  readonly onWait?: (() => void) | undefined;
}

/** A server for one mock run: no secrets, no network, no record. */
export interface Ephemeral {
  readonly url: string;
  readonly token: string;
  readonly runsDir: string;
  /** End of its log so far. */
  log(): string;
  /** How its process ended, if it does so in this moment or has before. */
  ended(): Promise<Deno.CommandStatus | undefined>;
  /** Ends it and removes what it leaves. */
  end(): Promise<void>;
}

/**
 * Starts a server that lives as long as this process at most: it ends when its standard input does,
 * which the system closes even when this process is killed.
 */
export async function startEphemeral(
  parts: SandboxParts,
  request: EphemeralRequest,
): Promise<Ephemeral> {
  const token = parts.randomToken();
  const runsDir = ephemeralRunsDir(parts.stateDir, parts.randomToken());
  const config = serverConfig(request.processor, {
    port: 0,
    token,
    runsDir,
    objectsDir: parts.objectsDir,
    allowNet: [],
    secrets: [],
    endWithStdin: true,
    digest: canonicalDigest(request.processor.entry),
  });
  await makePrivate(runsDir);
  const claimed = claim(join(runsDir, CLAIM_INSIDE));
  // When the folder is still written to this fails, the claim stays, and the next command finds it.
  const onKilled = () => {
    removeAtOnce(runsDir);
    claimed?.release();
  };
  try {
    const secrets = new Map<string, string>();
    const server = await spawnServer(parts, { ...request, config, secrets });
    parts.killed?.addEventListener("abort", onKilled);
    return {
      url: `http://${HOSTNAME}:${server.ready.port}`,
      token,
      runsDir,
      log: () => server.stderr.text(),
      ended: () => endedSoon(server),
      async end() {
        await end(server, runsDir);
        parts.killed?.removeEventListener("abort", onKilled);
        claimed?.release();
      },
    };
  } catch (error) {
    await removeIfThere(runsDir);
    claimed?.release();
    throw error;
  }
}

/** A process whose connections broke is about to end, if it has not. */
async function endedSoon(
  { child }: Server,
): Promise<Deno.CommandStatus | undefined> {
  const settled = new AbortController();
  const late = pause(DYING_WITHIN, settled.signal)
    .then(() => undefined, () => undefined);
  const status = await Promise.race([child.status, late]);
  settled.abort();
  return status;
}

/**
 * Its run is over, so there is nothing that the server would end in order. Its folder goes first: the server removes it
 * when this process is killed meanwhile.
 */
async function end(server: Server, runsDir: string): Promise<void> {
  // A handler that was given up may be writing.
  await removeIfThere(runsDir).catch(() => {});
  endAtOnce(server.child);
  // The pipe is broken when the server has died.
  const closed = server.stdin.close().catch(() => {});
  await Promise.all([server.child.status, server.stderr.done, closed]);
  await removeIfThere(runsDir);
}

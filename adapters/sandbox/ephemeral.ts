import { canonicalDigest } from "../../schemas/mod.ts";
import type { SnapshotEntry } from "../ports.ts";
import { HOSTNAME, serverConfig } from "./config.ts";
import type { SandboxParts } from "./parts.ts";
import { pause } from "./pause.ts";
import { ephemeralRunsDir, makePrivate, removeIfThere } from "./place.ts";
import type { Server } from "./spawn.ts";
import { spawnServer } from "./spawn.ts";

/** Milliseconds that an ephemeral server has to end by itself. */
const END_WITHIN = 2000;

export interface EphemeralRequest {
  readonly processor: SnapshotEntry;
  readonly waitMs: number;
  readonly signal: AbortSignal;
}

/** A server for one mock run: no secrets, no network, no record. */
export interface Ephemeral {
  readonly url: string;
  readonly token: string;
  readonly runsDir: string;
  /** End of its log so far. */
  log(): string;
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
  try {
    const secrets = new Map<string, string>();
    const server = await spawnServer(parts, { ...request, config, secrets });
    return {
      url: `http://${HOSTNAME}:${server.ready.port}`,
      token,
      runsDir,
      log: () => server.stderr.text(),
      end: () => end(server, runsDir),
    };
  } catch (error) {
    await removeIfThere(runsDir);
    throw error;
  }
}

async function end(server: Server, runsDir: string): Promise<void> {
  // The pipe is broken when the server has died.
  await server.stdin.close().catch(() => {});
  const settled = new AbortController();
  const late = pause(END_WITHIN, settled.signal)
    .then(() => server.child.kill("SIGKILL"), () => {});
  await Promise.race([server.child.status, late]);
  settled.abort();
  await Promise.all([server.child.status, server.stderr.done]);
  await removeIfThere(runsDir);
}

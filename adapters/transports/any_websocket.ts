import { SUBPROTOCOL } from "../../schemas/mod.ts";
import type {
  InvokeHooks,
  Transport,
  TransportHooks,
  TransportRequest,
  TransportResponse,
} from "../ports.ts";
import type { Dialect } from "./dialect.ts";
import { askHealth, orNoAnswer } from "./health.ts";
import { directRoad } from "./direct_road.ts";
import { FLAT, NESTED } from "./run_open.ts";
import { connect } from "./socket.ts";
import { converse, OPEN_WITHIN, REQUEST } from "./websocket.ts";
import { cancelled, refusalOf } from "./websocket_failures.ts";

/**
 * The `ws` transport to processors of any generation. Their dialects have one subprotocol and no version, so each is
 * tried until one is taken: a server that does not know a first frame closes with 1002, one that misses something in
 * it with 1008, and neither has begun a run by then.
 */
export function anyWebsocketTransport(): Transport {
  return {
    run: (request, hooks) => orNoAnswer(request, () => tryEach(request, hooks)),
  };
}

async function tryEach(
  request: TransportRequest,
  hooks: TransportHooks,
): Promise<TransportResponse> {
  const begun = performance.now();
  const tried: Dialect[] = [];
  let dialect = await likely(request, hooks);
  using road = directRoad(request.url);
  while (true) {
    tried.push(dialect);
    try {
      return await converse(request, hooks, {
        dialect,
        open: () => connect(request, SUBPROTOCOL, road.client),
        spentMs: performance.now() - begun,
      });
    } catch (error) {
      const next = nextOf(dialect, refusalOf(error));
      if (next === undefined || tried.includes(next)) throw error;
      dialect = next;
    }
  }
}

/** What to try first: who tells no digest is older than Request/Response. */
async function likely(
  request: TransportRequest,
  { signal }: InvokeHooks,
): Promise<Dialect> {
  const { healthUrl, openMs: withinMs = OPEN_WITHIN } = request;
  if (signal.aborted) throw cancelled(request);
  if (healthUrl === undefined) return REQUEST;
  const { ok, digest } = await askHealth(request, {
    healthUrl,
    withinMs,
    signal,
  }).catch((error) => {
    throw signal.aborted ? cancelled(request) : error;
  });
  return ok && digest === undefined ? NESTED : REQUEST;
}

/** What a server may speak that closed with a code. */
function nextOf(
  dialect: Dialect,
  refusal: 1002 | 1008 | undefined,
): Dialect | undefined {
  if (refusal === undefined) return undefined;
  if (refusal === 1002) return dialect === REQUEST ? NESTED : REQUEST;
  return dialect === NESTED ? FLAT : NESTED;
}

import type { Entry } from "../../schemas/mod.ts";
import type { Transport, TransportRequest } from "../ports.ts";

/** How an entry says that its processor is talked to. */
type Api = Entry["api"];

/** The transport for a processor of any generation, by its entry. Loads that one alone. */
export async function transportFor(
  protocol: Exclude<Api["protocol"], "file">,
): Promise<Transport> {
  return protocol === "ws"
    ? (await loadWebsocket()).anyWebsocketTransport()
    : (await loadHttp()).httpTransport();
}

// By computed addresses, because what Deno sees as an import it reads at start.
function loadWebsocket(): Promise<typeof import("./any_websocket.ts")> {
  return import(new URL("./any_websocket.ts", import.meta.url).href);
}

function loadHttp(): Promise<typeof import("./http.ts")> {
  return import(new URL("./http.ts", import.meta.url).href);
}

/** Where a processor is met that listens at a URL. */
export function addressesOf(
  base: string,
  { path, healthz }: Api,
): Required<Pick<TransportRequest, "url" | "healthUrl">> {
  return {
    url: new URL(path, base).href,
    healthUrl: new URL(healthz, base).href,
  };
}

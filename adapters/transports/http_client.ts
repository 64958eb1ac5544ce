/** Hosts that no proxy stands before, whatever the environment says. */
const THIS_MACHINE: readonly string[] = ["127.0.0.1", "localhost"];

/** An HTTP client for one run, which keeps no connection once it was used. To be closed. */
export function httpClient(url: string): Deno.HttpClient {
  const { hostname, port } = new URL(url);
  const direct = THIS_MACHINE.includes(hostname)
    ? { proxy: { transport: "tcp", hostname, port: Number(port) } } as const
    : {};
  return Deno.createHttpClient({ poolMaxIdlePerHost: 0, ...direct });
}

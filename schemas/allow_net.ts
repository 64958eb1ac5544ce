import type { Entry } from "./entry.ts";
import { Failure } from "./failure.ts";

/** Ports of the schemes that a host may be named by. */
const DEFAULT_PORTS: Readonly<Record<string, number>> = {
  "http:": 80,
  "https:": 443,
  "ws:": 80,
  "wss:": 443,
};

/**
 * The hosts that an entry's real runs may reach, as `--allow-net` takes them. `$NAME` stands for host
 * and port of the URL in that environment name; one that is not set is left out, one that is no URL is
 * `ERR_USAGE`. The URL itself is never shown: it may hold a password.
 */
export function resolveAllowNet(
  { ref, network }: Pick<Entry, "ref" | "network">,
  env: (name: string) => string | undefined,
): readonly string[] {
  const hosts = network.allow.flatMap((host) => {
    if (!host.startsWith("$")) return [host];
    const name = host.slice(1);
    const value = env(name)?.trim() ?? "";
    return value === "" ? [] : [hostOf(value, name, ref)];
  });
  return [...new Set(hosts)];
}

function hostOf(value: string, name: string, ref: string): string {
  const url = URL.parse(value);
  const port = DEFAULT_PORTS[url?.protocol ?? ""];
  if (url === null || port === undefined) {
    throw new Failure(
      "ERR_USAGE",
      `Cannot use the environment name "${name}" for "${ref}": its value is not a URL of http or https`,
      { hint: `Set it like ${name}=https://api.example.com/v1` },
    );
  }
  return `${url.hostname}:${url.port === "" ? port : url.port}`;
}

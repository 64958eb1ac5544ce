/** Where an engine is listened for. */
export interface EngineAddress {
  /** What names it: an environment name, or `default`. */
  readonly from: string;
  /** As engines' own programs write it, without a password: `unix:///path` or `tcp://127.0.0.1:port`. */
  readonly url: string;
  /** Where it listens; undefined when it is none that can be used. */
  readonly at?: EngineSocket;
  /** Why it cannot be used. */
  readonly refused?: string;
}

/** The host is as in a URL: an address of IPv6 is in brackets. */
export type EngineSocket =
  | { readonly path: string }
  | { readonly hostname: string; readonly port: number };

/** Environment names that tell where engines are. */
export const ENGINE_ENV = [
  "DOCKER_HOST",
  "CONTAINER_HOST",
  "XDG_RUNTIME_DIR",
  "HOME",
] as const;

/**
 * Where to look for an engine, in order: what the environment names is the only one, as it is for Docker and Podman
 * themselves; else the places where they listen by themselves, for all users and for one.
 */
export function engineAddresses(
  env: (name: string) => string | undefined,
): readonly EngineAddress[] {
  for (const from of ["DOCKER_HOST", "CONTAINER_HOST"]) {
    const url = env(from)?.trim();
    if (url) return [{ from, url: withoutPassword(url), ...parsed(url) }];
  }
  return defaultPaths(env("HOME"), env("XDG_RUNTIME_DIR")).map((path) => ({
    from: "default",
    url: `unix://${path}`,
    at: { path },
  }));
}

const THIS_MACHINE = /^(?:127(?:\.\d+){3}|\[::1\])$/;

function defaultPaths(
  home: string | undefined,
  runtime: string | undefined,
): readonly string[] {
  return [
    "/var/run/docker.sock",
    ...(runtime ? [`${runtime}/docker.sock`] : []),
    ...(home ? [`${home}/.docker/run/docker.sock`] : []),
    ...(home ? [`${home}/.docker/desktop/docker.sock`] : []),
    ...(runtime ? [`${runtime}/podman/podman.sock`] : []),
    "/run/podman/podman.sock",
  ];
}

/** It is shown and kept, and no engine here is asked with a password. */
function withoutPassword(url: string): string {
  return /^unix:/i.test(url) ? url : url.replace(
    /^((?:[a-z][a-z0-9+.-]*:\/\/)?[^:/@]*):(?!\/\/).*@/i,
    "$1:***@",
  );
}

function parsed(text: string): Pick<EngineAddress, "at" | "refused"> {
  if (text.startsWith("/")) return { at: { path: text } };
  const url = URL.parse(text.includes("://") ? text : `tcp://${text}`);
  if (url === null) return { refused: "it is no address" };
  if (url.protocol === "unix:") {
    // As it is, for engines' own programs decode nothing of it.
    const path = text.slice("unix://".length);
    return path.startsWith("/")
      ? { at: { path } }
      : { refused: "its path is not absolute" };
  }
  if (url.protocol !== "tcp:" && url.protocol !== "http:") {
    return { refused: `${url.protocol}// is not spoken here` };
  }
  const named = url.hostname.toLowerCase();
  if (named === "") return { refused: "it names no host" };
  const hostname = named === "localhost" ? "127.0.0.1" : named;
  // Folders of this machine are mounted, and there are none of it elsewhere.
  if (!THIS_MACHINE.test(hostname)) return { refused: "it is another machine" };
  return { at: { hostname, port: Number(url.port || 2375) } };
}

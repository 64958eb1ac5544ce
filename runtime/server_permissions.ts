import type { ServerConfig } from "./schemas.ts";
import { named, startFolder } from "./start_folder.ts";

/** What `serverPermissions` reads of a configuration. */
export type PermissionConfig = Pick<
  ServerConfig,
  | "handlers"
  | "hostname"
  | "port"
  | "runsDir"
  | "objectsDir"
  | "logFile"
  | "allowNet"
  | "secrets"
>;

/** How a server is started with certain permissions. */
export interface ServerAccess {
  /** Flags of `deno run`. */
  readonly flags: readonly string[];
  /** The folder to start it in; without it, any. */
  readonly cwd?: string;
}

/**
 * How a server is started that has what its runs may have together, and nothing else. `codeDirs` are the folders that
 * the handler's modules are in, besides those of the handlers themselves.
 */
export function serverPermissions(
  config: PermissionConfig,
  codeDirs: readonly string[] = [],
): ServerAccess {
  const { hostname, port, runsDir, objectsDir, logFile } = config;
  const read = [
    ...codeFolders(config),
    ...codeDirs,
    runsDir,
    ...(objectsDir === undefined ? [] : [objectsDir]),
  ];
  const write = [runsDir, ...(logFile === undefined ? [] : [logFile])];
  const cwd = startFolder([...read, ...write]);
  const paths = (all: readonly string[]) => all.map((path) => named(path, cwd));
  const flags = [
    "--no-prompt",
    "--unstable-worker-options",
    "--unstable-no-legacy-abort",
    "--no-remote",
    flag("net", [`${hostname}:${port}`, ...config.allowNet]),
    flag("read", paths(read)),
    flag("write", paths(write)),
    ...(config.secrets.length === 0 ? [] : [flag("env", config.secrets)]),
  ];
  return cwd === undefined ? { flags } : { flags, cwd };
}

/**
 * The environment that a server needs besides its secrets: the same time zone and language everywhere, and
 * no colours in messages.
 */
export const SERVER_ENV: Readonly<Record<string, string>> = {
  TZ: "UTC",
  LC_ALL: "en_US.UTF-8",
  DENO_NO_UPDATE_CHECK: "1",
  NO_COLOR: "1",
};

/** The main module to give to `deno run`. */
export const SERVER_MODULE = new URL("./serve.ts", import.meta.url).href;

/** The Worker loads these modules; loading them counts as reading by the server. */
function codeFolders({ handlers }: PermissionConfig): readonly string[] {
  const folders = [
    new URL(".", import.meta.url),
    new URL("../schemas/", import.meta.url),
    new URL(".", handlers.mock),
    new URL(".", handlers.real),
  ];
  return [...new Set(folders.map(pathOf))];
}

function pathOf(url: URL): string {
  return decodeURIComponent(url.pathname).replace(/\/$/, "");
}

function flag(kind: string, values: readonly string[]): string {
  return `--allow-${kind}=${values.join(",")}`;
}

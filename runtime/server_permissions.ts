import type { ServerConfig } from "./schemas.ts";

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

/**
 * The flags of `deno run` under which a server has what its runs may have together, and nothing else.
 * `codeDirs` are the folders that the handler's modules are in, besides those of the handlers themselves.
 */
export function serverPermissions(
  config: PermissionConfig,
  codeDirs: readonly string[] = [],
): readonly string[] {
  const { hostname, port, runsDir, objectsDir, logFile } = config;
  const read = [
    ...codeFolders(config),
    ...codeDirs,
    runsDir,
    ...(objectsDir === undefined ? [] : [objectsDir]),
  ];
  const write = [runsDir, ...(logFile === undefined ? [] : [logFile])];
  return [
    "--no-prompt",
    "--unstable-worker-options",
    "--unstable-no-legacy-abort",
    "--no-remote",
    flag("net", [`${hostname}:${port}`, ...config.allowNet]),
    flag("read", read),
    flag("write", write),
    ...(config.secrets.length === 0 ? [] : [flag("env", config.secrets)]),
  ];
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

/** A comma in a value is written twice. */
function flag(kind: string, values: readonly string[]): string {
  const escaped = values.map((each) => each.replaceAll(",", ",,"));
  return `--allow-${kind}=${escaped.join(",")}`;
}

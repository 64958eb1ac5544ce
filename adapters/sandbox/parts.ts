import type { ServerConfig } from "../../schemas/mod.ts";

/** What the sandbox engine is made of: everything of the world that it touches. */
export interface SandboxParts {
  /** Absolute folder for records, logs and runs; made when missing, private to the user. */
  readonly stateDir: string;
  /** What to spawn; see `denoCommand`. */
  readonly denoCommand: string;
  /** `file:` URL of the server's main module. */
  readonly serverModule: string;
  /**
   * The permission flags of a server with this configuration, `--no-prompt` included, and the folder to start it in,
   * when that matters. `codeDirs` hold modules of the processor, which the server loads.
   */
  readonly permissions: (
    config: ServerConfig,
    codeDirs: readonly string[],
  ) => { readonly flags: readonly string[]; readonly cwd?: string };
  /**
   * Environment that every server gets besides its secrets: what makes it the same everywhere, and what
   * lets Deno find its cache. See `SERVER_ENVIRONMENT` for the names worth passing on.
   */
  readonly environment: Readonly<Record<string, string>>;
  /** Folder of content by cid, as `ServerConfig.objectsDir`. */
  readonly objectsDir?: string;
  /** The toolkit's own import map, from its `deno.json`. */
  readonly toolkitImports: ToolkitImports;
  readonly now: () => Date;
  /** Aborted when the command is over at once: children are killed and files removed in its listeners. */
  readonly killed?: AbortSignal;
  /** An unguessable text of letters and digits. */
  readonly randomToken: () => string;
}

export interface ToolkitImports {
  /** URL that relative addresses in `imports` are relative to. */
  readonly base: string;
  readonly imports: Readonly<Record<string, string>>;
}

/** Environment names that tell Deno where its cache, registry, proxies and certificates are. */
export const SERVER_ENVIRONMENT: readonly string[] = [
  "HOME",
  "PATH",
  "TMPDIR",
  "DENO_DIR",
  "XDG_CACHE_HOME",
  "DENO_CERT",
  "DENO_TLS_CA_STORE",
  "NPM_CONFIG_REGISTRY",
  "HTTP_PROXY",
  "HTTPS_PROXY",
  "NO_PROXY",
];

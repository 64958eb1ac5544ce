import {
  ENGINE_ENV,
  type EngineAddress,
  engineAddresses,
} from "../adapters/containers/addresses.ts";
import { AUTH_ENV, authFiles } from "../adapters/images/auth_places.ts";
import { dirname } from "../schemas/file_path.ts";
import { stagedName } from "./staged_name.ts";
import type { Permissions, Surroundings } from "./world.ts";

/** Environment names that tell a sandbox child where Deno's cache is; passed on by value. */
export const CHILD_ENV = ["DENO_DIR", "HOME", "XDG_CACHE_HOME"] as const;

/** More such names, of proxies and certificates: whoever needs them has them, and grants them. */
export const SERVER_OPTIONS = {
  env: [
    "PATH",
    "TMPDIR",
    "DENO_CERT",
    "DENO_TLS_CA_STORE",
    "NPM_CONFIG_REGISTRY",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "NO_PROXY",
  ],
} as const satisfies Permissions;

/** Programs that end an instance which does not answer. */
export const KILL_OPTIONS = {
  run: ["kill", "ps"],
} as const satisfies Permissions;

/** The networks in which an engine may make one that leads nowhere. */
export const PRIVATE_NETWORKS = {
  net: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"],
} as const satisfies Permissions;

/** What talking to container engines takes, wherever one may be. */
export function enginePermissions({ env }: Surroundings): Permissions {
  return { ...addressPermissions(engineAddresses(env)), env: ENGINE_ENV };
}

/** What talking to engines takes that listen there. */
export function addressPermissions(
  addresses: readonly EngineAddress[],
): Permissions {
  const places = addresses.flatMap(({ at }) => at ?? []);
  const sockets = places.flatMap((at) => "path" in at ? [at.path] : []);
  const hosts = places.map((at) =>
    "path" in at ? `unix:${at.path}` : at.hostname
  );
  const net = [...new Set([...hosts, "127.0.0.1"])];
  return { read: sockets, write: sockets, net };
}

/** Where the user's logins for registries of images are, which may be nowhere. */
export function credentialOptions({ env }: Surroundings): Permissions {
  return { read: authFiles(env), env: [...AUTH_ENV, "REGISTRY_ORG"] };
}

/** Environment names that the program itself reads. */
export const OWN_ENV = ["THEORY_REGISTRY", "THEORY_STATE_DIR"] as const;

/** More such names, which say how a terminal is to be written to, and are optional. */
export const TERMINAL_OPTIONS = {
  env: ["NO_COLOR", "TERM"],
} as const satisfies Permissions;

/** Environment names that tell where Modal's configuration file is. */
export const MODAL_PLACE = ["HOME", "MODAL_CONFIG_PATH"] as const;

/** Environment names that say which account of Modal is used, as Modal's own programs read them. */
export const MODAL_ENV = [
  ...MODAL_PLACE,
  "MODAL_ENVIRONMENT",
  "MODAL_PROFILE",
  "MODAL_TOKEN_ID",
  "MODAL_TOKEN_SECRET",
] as const;

/** Modal's configuration file, whether it is there or not; undefined when nobody says where home is. */
export function modalConfigFile({ env }: Surroundings): string | undefined {
  const home = env("HOME");
  return env("MODAL_CONFIG_PATH") || (home ? `${home}/.modal.toml` : undefined);
}

/** Flags that say where things are. */
export interface Places {
  readonly registry?: readonly string[];
  readonly stateDir?: string | undefined;
}

/** Registry roots besides the shipped one, as they were given, in order of search. */
export function registryDirs(
  { registry = [] }: Places,
  world: Surroundings,
): readonly string[] {
  const fromEnv = (world.env("THEORY_REGISTRY") ?? "").split(":").filter((
    dir,
  ) => dir !== "");
  return [...registry, ...fromEnv, ...world.settings?.roots ?? []];
}

/** The state folder, as it was given. */
export function stateDirOf({ stateDir }: Places, world: Surroundings): string {
  return stateDir ?? (world.env("THEORY_STATE_DIR") || ".theory");
}

/** What reading the registry takes; the program loads its own modules when they are needed. */
export function registryPermissions(
  places: Places,
  world: Surroundings,
): Permissions {
  return {
    read: [world.toolkit.dir, ...registryDirs(places, world)],
    env: [...OWN_ENV],
  };
}

interface CheckFlags extends Places {
  readonly inputsFile?: string | undefined;
  readonly inputs?: string | undefined;
  readonly attach?: readonly string[];
}

/**
 * What checking an inputs document takes: its folder, for `$attachments` are relative to it; of standard input, which
 * can be read but once, the working folder.
 */
export function checkPermissions(
  flags: CheckFlags,
  world: Surroundings,
): Permissions {
  const registry = registryPermissions(flags, world);
  const attached = (flags.attach ?? []).flatMap((spec) => {
    const path = spec.slice(spec.indexOf("=") + 1);
    return path === "" ? [] : [path];
  });
  const document = flags.inputsFile === undefined
    ? []
    : [dirname(flags.inputsFile), ...settingsFiles(flags.inputsFile, world)];
  const around = flags.inputs === undefined ? [] : ["."];
  return {
    ...registry,
    read: [...registry.read ?? [], ...document, ...around, ...attached],
  };
}

/** What `--fix` writes: the files, and beside each the one that takes its place. */
export function fixedFiles(operands: readonly string[]): readonly string[] {
  return operands.filter((file) => file !== "-")
    .flatMap((file) => [file, stagedName(file)]);
}

/** The document of a run that may have to be told which processor it is for. */
export function documentsOf(
  { ref, inputsFile }: {
    readonly ref: string | undefined;
    readonly inputsFile: string | undefined;
  },
): readonly string[] {
  return ref === undefined && inputsFile !== undefined ? [inputsFile] : [];
}

/** What settings attach to a document. */
function settingsFiles(
  document: string,
  { settings }: Surroundings,
): readonly string[] {
  const { attachments = new Map() } = settings?.rule(document) ?? {};
  return [...attachments.values()].map(({ path }) => path);
}

/** What talking to instances takes. */
export function instancePermissions(
  places: Places,
  world: Surroundings,
): Permissions {
  const registry = registryPermissions(places, world);
  const state = stateDirOf(places, world);
  return {
    read: [...registry.read ?? [], state],
    write: [state],
    net: ["127.0.0.1"],
    env: [...OWN_ENV, ...CHILD_ENV],
  };
}

/** What using the artifact store takes, and the files that a command reads or the folder it writes to. */
export function artifactPermissions(
  places: Places,
  world: Surroundings,
  { files = [], folderOf: file }: {
    readonly files?: readonly string[];
    readonly folderOf?: string | undefined;
  } = {},
): Permissions {
  const state = stateDirOf(places, world);
  const folders = file === undefined ? [] : [dirname(file)];
  return {
    read: [world.toolkit.dir, state, ...files, ...folders],
    write: [state, ...folders],
    env: [...OWN_ENV],
  };
}

interface RunFlags extends CheckFlags {
  readonly saveDir?: string | undefined;
  readonly saveFirst?: string | undefined;
}

/** What a run takes. */
export function runPermissions(
  flags: RunFlags,
  world: Surroundings,
): Permissions {
  const instance = instancePermissions(flags, world);
  const saved = [
    ...(flags.saveDir === undefined ? [] : [flags.saveDir]),
    ...(flags.saveFirst === undefined ? [] : [dirname(flags.saveFirst)]),
  ];
  return {
    ...instance,
    read: [
      ...checkPermissions(flags, world).read ?? [],
      ...instance.read ?? [],
      ...saved,
    ],
    write: [...instance.write ?? [], ...saved],
    run: ["deno"],
  };
}

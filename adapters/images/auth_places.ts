/** Environment names that say where logins for registries are, or are one. */
export const AUTH_ENV = [
  "DOCKER_CONFIG",
  "HOME",
  "REGISTRY_AUTH_FILE",
  "REGISTRY_HOST",
  "REGISTRY_PASSWORD",
  "REGISTRY_USERNAME",
  "XDG_CONFIG_HOME",
  "XDG_RUNTIME_DIR",
] as const;

/** The registry that `REGISTRY_USERNAME` and `REGISTRY_PASSWORD` are for, where `REGISTRY_HOST` names no other. */
export const DEFAULT_HOST = "ghcr.io";

/** The value of an environment name. */
export type Environment = (name: string) => string | undefined;

/** The files that may have logins, in the order in which they count: Docker's, then Podman's. */
export function authFiles(env: Environment): readonly string[] {
  const home = env("HOME");
  const config = env("XDG_CONFIG_HOME") || below(home, ".config");
  return [
    env("REGISTRY_AUTH_FILE"),
    below(env("DOCKER_CONFIG") || below(home, ".docker"), "config.json"),
    below(env("XDG_RUNTIME_DIR"), "containers/auth.json"),
    below(config, "containers/auth.json"),
  ].flatMap((file) => file ? [file] : []);
}

function below(
  folder: string | undefined,
  name: string,
): string | undefined {
  return folder ? `${folder}/${name}` : undefined;
}

import { Failure, type Json } from "../../schemas/mod.ts";
import { type AuthSource, authSources, serverOf } from "./auth_file.ts";
import { authFiles, DEFAULT_HOST, type Environment } from "./auth_places.ts";
import { askHelper } from "./credential_helper.ts";
import type { RegistryAuth } from "./image_engine.ts";
import type { Reference } from "./reference.ts";

/** Looks up what the registry of an image is to be shown; undefined when the user has nothing for it. */
export type Credentials = (
  image: Pick<Reference, "registry" | "repository">,
  signal: AbortSignal,
) => Promise<RegistryAuth | undefined>;

/**
 * The logins of the user: `REGISTRY_USERNAME` and `REGISTRY_PASSWORD` for `REGISTRY_HOST`, then those of the
 * configurations of Docker and Podman and of the credential helpers that they name. A file that is not there, or may
 * not be read, has none.
 */
export function userCredentials(env: Environment): Credentials {
  return async (image, signal) => {
    const own = loginInEnvironment(env, image);
    if (own !== undefined) return own;
    for (const file of authFiles(env)) {
      for (const source of authSources(await readConfig(file), image)) {
        const auth = await loginFrom(source, signal);
        if (auth !== undefined) return auth;
      }
    }
    return undefined;
  };
}

function loginInEnvironment(
  env: Environment,
  image: Pick<Reference, "registry">,
): RegistryAuth | undefined {
  const [username, password] = ["USERNAME", "PASSWORD"].map((name) =>
    env(`REGISTRY_${name}`)
  );
  if (!username || !password) return undefined;
  if (image.registry !== (env("REGISTRY_HOST") || DEFAULT_HOST)) {
    return undefined;
  }
  return { username, password, serveraddress: serverOf(image) };
}

async function loginFrom(
  source: AuthSource,
  signal: AbortSignal,
): Promise<RegistryAuth | undefined> {
  return source.kind === "login"
    ? source.auth
    : await askHelper(source, signal);
}

/** A configuration of logins; null when there is none. Throws `ERR_IMAGE_CREDENTIALS`, which says nothing of its text. */
export async function readConfig(file: string): Promise<Json> {
  try {
    const text = await Deno.readTextFile(file);
    return text.trim() === "" ? null : JSON.parse(text);
  } catch (error) {
    if (isOutOfReach(error)) return null;
    throw new Failure(
      "ERR_IMAGE_CREDENTIALS",
      `Cannot read "${file}": ${
        error instanceof SyntaxError
          ? "it is not JSON"
          : "it is no readable file"
      }`,
      { hint: "Mend it, or log in again: docker login (podman login)" },
    );
  }
}

function isOutOfReach(error: unknown): boolean {
  const { NotFound, PermissionDenied, NotCapable, NotADirectory } = Deno.errors;
  return [NotFound, PermissionDenied, NotCapable, NotADirectory].some((kind) =>
    error instanceof kind
  );
}

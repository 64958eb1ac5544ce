import { isObject, type Json, type JsonObject } from "../../schemas/mod.ts";
import type { RegistryAuth } from "./image_engine.ts";
import { DOCKER_HUB, type Reference } from "./reference.ts";

/** What a user's configuration has for a registry: a login, or a program that knows one. */
export type AuthSource =
  | { readonly kind: "login"; readonly auth: RegistryAuth }
  | {
    readonly kind: "helper";
    /** `docker-credential-…`. */
    readonly program: string;
    readonly server: string;
  };

type Named = Pick<Reference, "registry" | "repository">;

/** What Docker files its own registry under. */
const HUB_SERVER = "https://index.docker.io/v1/";

/** What a registry is called where logins are kept. */
export function serverOf({ registry }: Pick<Reference, "registry">): string {
  return registry === DOCKER_HUB ? HUB_SERVER : registry;
}

/**
 * What a configuration has for the registry of an image, best first. Docker's config.json and Podman's auth.json have
 * one form; Podman's may have logins for a part of a registry, of which the longest counts.
 * https://docs.docker.com/reference/cli/docker/#docker-cli-configuration-file-configjson-properties,
 * https://github.com/containers/image/blob/main/docs/containers-auth.json.5.md
 */
export function authSources(config: Json, image: Named): readonly AuthSource[] {
  if (!isObject(config)) return [];
  const server = serverOf(image);
  const helpers = names(image).map((name) =>
    objectOf(config, "credHelpers")[name]
  );
  const programs = [...helpers, config["credsStore"]].find(isName);
  const helper: readonly AuthSource[] = programs === undefined
    ? []
    : [{ kind: "helper", program: `docker-credential-${programs}`, server }];
  const login = loginIn(objectOf(config, "auths"), image);
  return login === undefined
    ? helper
    : [...helper, { kind: "login", auth: { ...login, serveraddress: server } }];
}

/** Every program that a configuration names for logins. */
export function helperPrograms(config: Json): readonly string[] {
  if (!isObject(config)) return [];
  return [
    ...Object.values(objectOf(config, "credHelpers")),
    config["credsStore"],
  ]
    .filter(isName).map((name) => `docker-credential-${name}`);
}

/** A part of the name of a program, which is no path to another one. */
function isName(value: Json | undefined): value is string {
  return typeof value === "string" && /^[\w.-]+$/.test(value);
}

function loginIn(auths: JsonObject, image: Named): Login | undefined {
  const wanted = names(image);
  for (const name of wanted) {
    for (const [key, value] of Object.entries(auths)) {
      const login = bare(key) === name ? loginOf(value) : undefined;
      if (login !== undefined) return login;
    }
  }
  return undefined;
}

/** The names under which a login for an image may be kept, the longest first. */
function names({ registry, repository }: Named): readonly string[] {
  const parts = repository.split("/");
  const paths = parts.map((_, i) =>
    [registry, ...parts.slice(0, parts.length - i)].join("/")
  );
  const hub = ["index.docker.io", "registry-1.docker.io"];
  return [...paths, registry, ...registry === DOCKER_HUB ? hub : []];
}

/** A name without its scheme and the path of the API: `https://index.docker.io/v1/` is `index.docker.io`. */
function bare(key: string): string {
  return key.replace(/^https?:\/\//, "").replace(/\/(?:v[12]\/?)?$/, "");
}

type Login =
  | { readonly username: string; readonly password: string }
  | { readonly identitytoken: string };

/** A login as a file has it, name and password as Base64 in `auth`; undefined for an empty one. */
function loginOf(value: Json): Login | undefined {
  if (!isObject(value)) return undefined;
  const { identitytoken, auth, username, password } = value;
  if (isText(identitytoken)) return { identitytoken };
  if (isText(username) && isText(password)) return { username, password };
  const text = isText(auth) ? decoded(auth) : undefined;
  const colon = text?.indexOf(":") ?? -1;
  if (text === undefined || colon < 1) return undefined;
  return { username: text.slice(0, colon), password: text.slice(colon + 1) };
}

function isText(value: Json | undefined): value is string {
  return typeof value === "string" && value !== "";
}

function decoded(base64: string): string | undefined {
  try {
    const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
    return new TextDecoder().decode(bytes).replace(/\0+$/, "");
  } catch (error) {
    if (error instanceof DOMException) return undefined;
    throw error;
  }
}

function objectOf(config: JsonObject, key: string): JsonObject {
  const value = config[key];
  return isObject(value) ? value : {};
}

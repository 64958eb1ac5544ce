/** The name of an image, taken apart and in full: `alpine` is `docker.io/library/alpine`. */
export interface Reference {
  /** Host of the registry, with its port if it has one: `docker.io`, `localhost:5000`. */
  readonly registry: string;
  /** Path at the registry: `library/alpine`. */
  readonly repository: string;
  readonly tag?: string;
  /** `sha256:` and 64 hex digits. */
  readonly digest?: string;
}

/** The registry that names without a host are of. */
export const DOCKER_HUB = "docker.io";

const MOST_CHARACTERS = 255;
const NAME = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
const REPOSITORY = new RegExp(`^${NAME}(?:/${NAME})*$`);
const LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?";
const HOST = new RegExp(
  `^(?:${LABEL}(?:\\.${LABEL})*|\\[[0-9A-Fa-f:]+\\])(?::[0-9]+)?$`,
);
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;

/**
 * Reads the name of an image as Docker does; undefined when it is none, as are 64 hex digits alone, which are an id.
 * Rules: https://pkg.go.dev/github.com/distribution/reference
 */
export function parseReference(text: string): Reference | undefined {
  if (/^[0-9a-f]{64}$/.test(text)) return undefined;
  const [, named = "", digest] = /^([^@]*)(?:@(.*))?$/s.exec(text) ?? [];
  const [, name = "", tag] = /^(.*?)(?::([^:/]*))?$/s.exec(named) ?? [];
  const { registry, repository } = split(name);
  const right = HOST.test(registry) && REPOSITORY.test(repository) &&
    `${registry}/${repository}`.length <= MOST_CHARACTERS &&
    (tag === undefined || TAG.test(tag)) &&
    (digest === undefined || DIGEST.test(digest));
  if (!right) return undefined;
  return {
    registry,
    repository,
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
  };
}

/** A first part that is no host name is a part of the path at Docker Hub. */
function split(name: string): Pick<Reference, "registry" | "repository"> {
  const slash = name.indexOf("/");
  const first = name.slice(0, Math.max(slash, 0));
  const host = /[.:\[]/.test(first) || first === "localhost" ||
    first !== first.toLowerCase();
  const registry = host ? first : DOCKER_HUB;
  const path = host ? name.slice(slash + 1) : name;
  if (!isDockerHub(registry)) return { registry, repository: path };
  const repository = path.includes("/") ? path : `library/${path}`;
  return { registry: DOCKER_HUB, repository };
}

function isDockerHub(registry: string): boolean {
  return registry === DOCKER_HUB || registry === "index.docker.io";
}

/** The name in full, without tag and digest: `docker.io/library/alpine`. */
export function repositoryName({ registry, repository }: Reference): string {
  return `${registry}/${repository}`;
}

/** The name in full, by its digest if it has one: short names mean something else to each engine. */
export function fullName(reference: Reference): string {
  const { digest, tag = "latest" } = reference;
  const name = repositoryName(reference);
  return digest === undefined ? `${name}:${tag}` : `${name}@${digest}`;
}

/** The name as people write it: `alpine`, `llm/litellm`, `localhost:5000/demo`. In full where that would be another one. */
export function familiarName(reference: Reference): string {
  const { registry, repository } = reference;
  const full = repositoryName(reference);
  if (registry !== DOCKER_HUB) return full;
  const short = /^library\/([^/]+)$/.exec(repository)?.[1] ?? repository;
  const same = parseReference(short);
  return same !== undefined && repositoryName(same) === full ? short : full;
}

import { Failure, isObject } from "../../schemas/mod.ts";
import type { EngineAddress, EngineSocket } from "./addresses.ts";
import { askEngine } from "./ask_engine.ts";

/** An engine that answers. */
export interface FoundEngine {
  readonly address: EngineAddress;
  readonly at: EngineSocket;
}

interface Answer {
  readonly address: EngineAddress;
  readonly said: string;
}

const DENIED = "your user may not use it (permission denied)";

/** The first engine that answers, of some addresses; throws `ERR_ENGINE_UNAVAILABLE` with what was tried. */
export async function findEngine(
  addresses: readonly EngineAddress[],
): Promise<FoundEngine> {
  const answers: Answer[] = [];
  for (const address of addresses) {
    const { at } = address;
    const said = at === undefined ? `${address.refused}` : await ping(at);
    if (at !== undefined && said === "OK") return { address, at };
    answers.push({ address, said });
  }
  throw unavailable(answers);
}

/** Like {@linkcode findEngine}; undefined when there is none. */
export async function engineIfThere(
  addresses: readonly EngineAddress[],
): Promise<FoundEngine | undefined> {
  try {
    return await findEngine(addresses);
  } catch (error) {
    if (error instanceof Failure) return undefined;
    throw error;
  }
}

/** `OK`, or what came instead. */
async function ping(at: EngineSocket): Promise<string> {
  const missing = "path" in at ? await withoutSocket(at.path) : undefined;
  if (missing !== undefined) return missing;
  try {
    const { status, body } = await askEngine(at, "/_ping");
    return status === 200 && body === "OK"
      ? "OK"
      : `it is no engine: it answered with status ${status}${messageOf(body)}`;
  } catch (error) {
    return wordsFor(error);
  }
}

/** A socket is looked at first, for a client says little about one that is not there. */
async function withoutSocket(path: string): Promise<string | undefined> {
  try {
    const { isSocket } = await Deno.stat(path);
    return isSocket === false ? "it is no socket" : undefined;
  } catch (error) {
    return wordsFor(error);
  }
}

function messageOf(body: unknown): string {
  return isObject(body) && typeof body["message"] === "string"
    ? ` (${body["message"]})`
    : "";
}

function wordsFor(error: unknown): string {
  if (error instanceof Deno.errors.NotCapable) throw error;
  if (error instanceof Deno.errors.NotFound) return "it is not there";
  if (error instanceof DOMException) return "it does not answer";
  const text = chainOf(error);
  if (error instanceof Deno.errors.PermissionDenied || /denied/i.test(text)) {
    return DENIED;
  }
  return /refused/i.test(text) ? "nothing listens there" : text;
}

/** The messages of an error and of what caused it. */
function chainOf(error: unknown): string {
  if (!(error instanceof Error)) return `${error}`;
  return error.cause === undefined
    ? error.message
    : `${error.message}: ${chainOf(error.cause)}`;
}

function unavailable(answers: readonly Answer[]): Failure {
  const [first] = answers;
  const named = first !== undefined && first.address.from !== "default";
  const found = named
    ? `${first.address.from} names "${first.address.url}", and ${first.said}`
    : "none listens in any of the usual places";
  const tried = answers.map(({ address: { from, url }, said }) => ({
    from,
    url,
    found: said,
  }));
  const lines = tried.map(({ url, found }) => `${url}: ${found}`);
  const hint = [...(named ? [] : lines), adviceFor(answers, named)].join("\n");
  return new Failure(
    "ERR_ENGINE_UNAVAILABLE",
    `Cannot find a container engine: ${found}`,
    { hint, details: { tried } },
  );
}

function adviceFor(answers: readonly Answer[], named: boolean): string {
  const denied = answers.find(({ said }) => said === DENIED);
  if (denied !== undefined) {
    return `Let your user use ${denied.address.url}: join the group that owns it (docker), or use an engine of your own (rootless)`;
  }
  if (answers.some(({ address }) => address.refused !== undefined)) {
    return "Name an engine on this machine: DOCKER_HOST=unix:///path/to/docker.sock";
  }
  return named
    ? "Start that engine, or name another"
    : "Install and start Docker (docker.io) or Podman (systemctl --user start podman.socket), or name a socket: DOCKER_HOST=unix:///path/to/docker.sock";
}

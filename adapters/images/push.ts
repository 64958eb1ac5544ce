import { Failure } from "../../schemas/mod.ts";
import { unlessHanging } from "../containers/unless_hanging.ts";
import type { BuildEngine } from "./build_engine.ts";
import { saidBy } from "./engine_error.ts";
import type { RegistryAuth } from "./image_engine.ts";
import { digestsAt, type ImageFacts, imageFacts } from "./image_facts.ts";
import { jsonLines } from "./json_lines.ts";
import { pushFailure } from "./push_failure.ts";
import { parseReference, type Reference, repositoryName } from "./reference.ts";
import { withoutLogin } from "./without_login.ts";

/** An image that is to be handed to a registry. */
export interface PushRequest {
  /** An image that the engine has. */
  readonly source: string;
  /** `repository:tag`. */
  readonly target: string;
  readonly auth: RegistryAuth | undefined;
  /** Aborted to end the push. */
  readonly signal: AbortSignal;
  readonly onProgress: (progress: PushProgress) => void;
}

/** Bytes that were sent, of those known so far. */
export interface PushProgress {
  readonly done: number;
  readonly total: number;
}

/** One line of an engine's answer. */
interface PushMessage {
  readonly id?: string;
  readonly status?: string;
  readonly progressDetail?: {
    readonly current?: number;
    readonly total?: number;
  };
  readonly aux?: { readonly Digest?: string } | null;
  readonly error?: string;
  readonly errorDetail?: { readonly message?: string };
}

/** How engines tell the digest at the end: Docker in an object too, Podman as a text alone. */
const DIGEST = /(?:digest: )?(sha256:[0-9a-f]{64})/;

type Pusher = Pick<BuildEngine, "getImage">;

/**
 * Names an image anew and makes the engine push it; answers the digest by which the registry has it. Throws
 * `ERR_IMAGE_PUSH` with what the engine found.
 */
export async function push(
  docker: Pusher,
  request: PushRequest,
): Promise<string> {
  const { target, auth, signal } = request;
  const failure = () =>
    new Failure("ERR_INTERRUPTED", `Cannot push "${target}": interrupted`);
  try {
    const pushing = nameAndPush(docker, request);
    return await unlessHanging(pushing, { signal, failure });
  } catch (error) {
    if (signal.aborted) throw failure();
    const said = saidBy(error);
    if (said === undefined) throw error;
    throw pushFailure(target, withoutLogin(auth)(said));
  }
}

async function nameAndPush(
  docker: Pusher,
  request: PushRequest,
): Promise<string> {
  const { source, target } = request;
  const image = await imageFacts(docker, source);
  if (image === undefined) throw pushFailure(source, "no such image");
  const before = await imageFacts(docker, target);
  await docker.getImage(source).tag(named(target));
  try {
    return await follow(docker, request);
  } catch (error) {
    await giveBack(docker, target, before);
    throw error;
  }
}

async function follow(
  docker: Pusher,
  { target, auth, signal, onProgress }: PushRequest,
): Promise<string> {
  const { repo, tag } = named(target);
  const stream = await docker.getImage(repo).push({
    tag,
    ...(auth === undefined ? {} : { authconfig: auth }),
    abortSignal: signal,
  });
  signal.addEventListener("abort", () => stream.destroy(), { once: true });
  const layers = new Map<string, PushProgress>();
  let digest: string | undefined;
  for await (const value of jsonLines(stream)) {
    const message = value as PushMessage;
    const said = message.errorDetail?.message ?? message.error;
    if (said !== undefined) {
      throw pushFailure(target, withoutLogin(auth)(said));
    }
    if (reach(layers, message)) onProgress(sum(layers));
    digest = message.aux?.Digest ?? DIGEST.exec(message.status ?? "")?.[1] ??
      digest;
  }
  if (digest !== undefined) return digest;
  return await knownDigest(docker, target);
}

/** Whether a message says something new of a layer. */
function reach(
  layers: Map<string, PushProgress>,
  { id, progressDetail = {} }: PushMessage,
): boolean {
  const { current, total } = progressDetail;
  if (id === undefined || current === undefined) return false;
  layers.set(id, { done: current, total: total ?? current });
  return true;
}

function sum(layers: ReadonlyMap<string, PushProgress>): PushProgress {
  return [...layers.values()].reduce(
    (all, { done, total }) => ({
      done: all.done + done,
      total: all.total + total,
    }),
    { done: 0, total: 0 },
  );
}

/** The digest that the engine notes for an image once a registry has it. */
async function knownDigest(docker: Pusher, target: string): Promise<string> {
  const facts = await imageFacts(docker, target);
  const [digest] = facts === undefined
    ? []
    : digestsAt(facts, referenceOf(target));
  if (digest !== undefined) return digest;
  throw pushFailure(target, "the engine pushed it and tells no digest");
}

/**
 * Gives a name back to the image that had it before a push that failed: a name at a registry says that the registry has
 * it. An image that has no other name keeps it, since engines remove what has none.
 */
async function giveBack(
  docker: Pusher,
  target: string,
  before: ImageFacts | undefined,
): Promise<void> {
  try {
    const image = docker.getImage(target);
    if (before !== undefined) {
      await docker.getImage(before.id).tag(named(target));
    } else if (((await image.inspect()).RepoTags ?? []).length > 1) {
      await image.remove();
    }
  } catch {
    // What the push ended with counts.
  }
}

/** Name and tag, in full. */
function named(
  target: string,
): { readonly repo: string; readonly tag: string } {
  const reference = referenceOf(target);
  return { repo: repositoryName(reference), tag: reference.tag ?? "latest" };
}

function referenceOf(target: string): Reference {
  const reference = parseReference(target);
  if (reference !== undefined) return reference;
  throw pushFailure(target, "it is not a name of an image");
}

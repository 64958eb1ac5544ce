import { saidBy } from "../images/engine_error.ts";
import type { ImageFacts } from "../images/image_facts.ts";
import type { Pinned } from "../images/pinned.ts";
import type { Platform } from "../images/platform.ts";
import type { Instance, StartRequest } from "../ports.ts";
import { makePrivate, type Place, removeIfThere } from "../sandbox/place.ts";
import { type InstanceRecord, writeRecord } from "../sandbox/record.ts";
import { awaitReady } from "./await_ready.ts";
import {
  type ContainerChoice,
  containerSpec,
  type EngineFacts,
} from "./container_spec.ts";
import { cannotBegin, unlessRemoved } from "./container_failures.ts";
import type { Container, ContainerSpec, Docker } from "./docker_api.ts";
import { engineFacts } from "./engine_facts.ts";
import { containerName, labelsOf, RUNTIME_LABEL } from "./labels.ts";
import { addressOf } from "./container_address.ts";
import type { OpenEngine } from "./open_engine.ts";
import type { ContainerParts } from "./parts.ts";
import { pending } from "./pending.ts";
import { removeContainer, removeOwned } from "./remove_made.ts";

/** What is known of a start once its turn has come. */
export interface Making {
  readonly parts: ContainerParts;
  readonly request: StartRequest;
  readonly place: Place;
  readonly engine: OpenEngine;
  readonly platform: Platform;
  readonly pinned: Pinned;
}

/** Makes the container of an instance, waits until it is ready, and records it. Leaves nothing when it fails. */
export async function makeContainer(
  making: Making,
  image: ImageFacts,
): Promise<Instance> {
  const { parts, request, place, engine: { docker, address } } = making;
  const { ref } = request.processor.entry;
  const owner = { ref, stateDir: parts.stateDir };
  const made = await pending(place.record, address);
  try {
    const token = parts.randomToken();
    const container = await begun(making, image, token);
    const record = await readied(making, { image, token, container });
    await writeRecord(place.record, record);
    await made();
    return { ...record, alreadyRunning: false };
  } catch (error) {
    // What an engine that ended cannot remove now is found by the next command.
    const gone = await removeOwned(docker, owner)
      .then(() => true, () => false);
    if (gone) {
      await removeIfThere(place.runsDir);
      await made();
    }
    throw unlessRemoved(error, ref);
  }
}

/** Waits for a started container, and says what is to be known of it. */
async function readied(
  { parts, request, place, engine, platform, pinned }: Making,
  { image, token, container }: {
    readonly image: ImageFacts;
    readonly token: string;
    readonly container: Container;
  },
): Promise<InstanceRecord> {
  const { entry } = request.processor;
  const { hermetic = false, secrets } = request;
  const { port, url } = await addressOf(container, { entry, hermetic });
  const healthUrl = new URL(entry.api.healthz, url).href;
  const { ref } = entry;
  await awaitReady(container, { ref, healthUrl, pinned, image, ...request });
  const { Id: id, Name } = await engine.docker.getContainer(container.id)
    .inspect();
  return {
    ref,
    engine: "docker",
    container: {
      id,
      name: Name.replace(/^\//, ""),
      image: pinned.reference,
      imageId: image.id,
      platform,
      engine: engine.address.url,
      healthUrl,
    },
    port,
    url,
    token,
    startedAt: parts.now().toISOString(),
    digest: pinned.digest,
    secrets: hermetic ? [] : [...secrets.keys()].sort(),
    runsDir: place.runsDir,
    layout: image.labels[RUNTIME_LABEL] === "1" ? "per-run" : "shared",
    ...(hermetic ? { hermetic } : {}),
  };
}

/** A container that was started. */
async function begun(
  { parts, request, place, engine: { docker }, pinned }: Making,
  image: ImageFacts,
  token: string,
): Promise<Container> {
  const { entry } = request.processor;
  const { hermetic = false, secrets, port, signal } = request;
  const owner = { ref: entry.ref, stateDir: parts.stateDir };
  const name = await containerName(owner);
  const labels = labelsOf(owner, pinned.digest);
  await makePrivate(place.runsDir);
  const { uid, gid } = await Deno.stat(place.runsDir);
  if (hermetic) {
    await docker.createNetwork({ Name: name, Internal: true, Labels: labels });
  }
  const choice = {
    entry,
    name,
    imageId: image.id,
    labels,
    digest: pinned.digest,
    token,
    secrets: hermetic ? new Map<string, string>() : secrets,
    runsDir: place.runsDir,
    owner: { uid: uid ?? 0, gid: gid ?? 0 },
    port,
    ...(hermetic ? { network: name } : {}),
  };
  const engine = await engineFacts(docker);
  signal.throwIfAborted();
  return await createAndStart(docker, { ...choice, engine }, { signal });
}

/** How a container is made, where that is not as usual. */
interface Manner<Choice> {
  readonly specOf: (choice: Choice) => ContainerSpec;
  /** Aborted when it is not wanted any more: what was made is not started, and the reason thrown. */
  readonly signal: AbortSignal;
}

/**
 * Without a program that reaps processes where the engine has none: what is first in a container is then alone. What was
 * made when it fails is left to the caller, who finds it by its labels.
 */
export async function createAndStart<Choice extends ContainerChoice>(
  docker: Docker,
  choice: Choice,
  { specOf = containerSpec, signal }: Partial<Manner<Choice>> = {},
): Promise<Container> {
  try {
    const container = await docker.createContainer(specOf(choice));
    signal?.throwIfAborted();
    await container.start();
    return container;
  } catch (error) {
    if (!hasNoInit(error, choice.engine)) throw cannotBegin(error, choice);
  }
  await removeContainer(docker, choice.name);
  const engine = { ...choice.engine, init: false };
  return await createAndStart(docker, { ...choice, engine }, {
    specOf,
    ...(signal === undefined ? {} : { signal }),
  });
}

function hasNoInit(error: unknown, { init }: EngineFacts): boolean {
  return init &&
    /init\b.*(?:not found|no such file)/is.test(saidBy(error) ?? "");
}

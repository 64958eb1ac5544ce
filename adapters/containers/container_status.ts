import { statusOf } from "../images/engine_error.ts";
import { imageFacts } from "../images/image_facts.ts";
import type { InstanceStatus } from "../ports.ts";
import type { InstanceRecord } from "../sandbox/record.ts";
import { containerHealth } from "./container_health.ts";
import type { EngineAddress } from "./addresses.ts";
import type { InspectedContainer } from "./docker_api.ts";
import type { LightDocker } from "./light_docker.ts";
import { isOfOther } from "./other_engine.ts";

/** An engine that can be asked. */
interface AskedEngine {
  readonly docker: LightDocker;
  readonly address: EngineAddress;
}

/**
 * What a recorded container does at this moment: as its engine and its server say, or as its server alone says where
 * its engine cannot be asked.
 */
export async function containerStatus(
  record: InstanceRecord,
  engine: AskedEngine | undefined,
): Promise<InstanceStatus> {
  const instance = { ...record, alreadyRunning: true };
  const { container } = record;
  const { id = "", healthUrl = record.url } = container ?? {};
  const docker = engine?.docker;
  const found = docker && await inspected(docker, id);
  const isAsked = engine !== undefined && container !== undefined &&
    (found !== undefined || !isOfOther(container, engine.address));
  if (isAsked && found?.State.Running !== true) {
    return { instance, state: "stale" };
  }
  const { state, said, why } = await containerHealth(healthUrl);
  const image = docker && found &&
    await imageFacts(docker, found.Image.replace(/^sha256:/, ""));
  const running = { said, image };
  if (state === "running") return { instance, state, running };
  return state === "ending" && why !== undefined
    ? { instance, state, why, running }
    : { instance, state: "stale", running };
}

/** A container as its engine has it; undefined when it is not there. */
export async function inspected(
  docker: Pick<LightDocker, "getContainer">,
  id: string,
): Promise<InspectedContainer | undefined> {
  try {
    return await docker.getContainer(id).inspect();
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
}

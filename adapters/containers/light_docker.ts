import { isObject } from "../../schemas/mod.ts";
import type { InspectedImage } from "../images/image_engine.ts";
import type { EngineSocket } from "./addresses.ts";
import { askEngine } from "./ask_engine.ts";
import type { InspectedContainer } from "./docker_api.ts";
import { unanswered } from "./engine_failure.ts";

/** The part of an engine's API that a run needs to look at its container. */
export interface LightDocker {
  getContainer(id: string): { inspect(): Promise<InspectedContainer> };
  getImage(name: string): { inspect(): Promise<InspectedImage> };
}

/** The like of `openDocker` for questions alone, which takes nothing to load; see `askEngine`. */
export function lightDocker(at: EngineSocket): LightDocker {
  const inspect = async (path: string) => {
    const { status, body } = await answered(askEngine(at, path));
    if (status === 200) return body;
    const said = isObject(body) ? body["message"] : body;
    throw Object.assign(new Error(`${said}`), { statusCode: status });
  };
  // What engines answer is as their API says.
  return {
    getContainer: (id) => ({
      inspect: async () =>
        await inspect(`/containers/${id}/json`) as InspectedContainer,
    }),
    getImage: (name) => ({
      inspect: async () =>
        await inspect(`/images/${name}/json`) as InspectedImage,
    }),
  };
}

async function answered<T>(asking: Promise<T>): Promise<T> {
  try {
    return await asking;
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) throw error;
    throw unanswered(error);
  }
}

import { ENGINE_ENV } from "../adapters/containers/addresses.ts";
import type { Permissions, World } from "./world.ts";
import { enginePermissions } from "./touches.ts";

interface Input {
  readonly world: World;
}

/** What finding the engine takes, to be declared beside {@linkcode ENGINE_SOCKET}. */
export const FINDS_ENGINE = { env: ENGINE_ENV } as const satisfies Permissions;

/** What talking to the engine of containers takes, which the environment names or which is in one of the usual places. */
export const ENGINE_SOCKET = {
  brief: "the socket of the container engine",
  kinds: ["read", "write", "net", "env"],
  needs: ({ world }: Input) => ({
    read: [world.toolkit.dir],
    ...FINDS_ENGINE,
  }),
  find: ({ world }: Input) => Promise.resolve(enginePermissions(world)),
} as const;

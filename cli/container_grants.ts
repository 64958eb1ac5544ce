import type { CommandInput } from "./command.ts";
import { later } from "./command_module.ts";
import { FINDS_ENGINE } from "./engine_socket.ts";
import { grantedOf } from "./permission_sets.ts";
import {
  mayBeProgram,
  namedRef,
  recordedContainers,
} from "./recorded_containers.ts";
import { artifactPermissions, type Places } from "./touches.ts";

const containers = later<typeof import("./container_permissions.ts")>(
  "./container_permissions.ts",
);

type MayBeRecorded = Parameters<typeof recordedContainers>[0];

type MayNeedContainer =
  & Parameters<
    typeof import("./container_permissions.ts").runningContainer
  >[0]
  & Parameters<typeof namedRef>[0];

type MayStart = Parameters<
  typeof import("./container_permissions.ts").startingContainer
>[0];

const SOCKET = ["of containers: the socket of their engine"];

/** What commands take besides that look after containers, or run on one. */
export const CONTAINER = {
  seldom: true,
  kinds: {
    read: SOCKET,
    write: SOCKET,
    net: [...SOCKET, "of those with --hermetic: where they listen"],
    env: [`of containers: ${FINDS_ENGINE.env.join(" ")}`],
  },
  needs: ({ world }: CommandInput<Places>) => ({ read: [world.toolkit.dir] }),
  find: ({ flags, world }: CommandInput<MayBeRecorded>) =>
    recordedContainers(flags, world),
} as const;

/** The same where images may have to be pulled for them. */
const CONTAINER_WITH_IMAGE = {
  ...CONTAINER,
  kinds: {
    ...CONTAINER.kinds,
    run: ["of containers: the programs that keep the user's logins"],
  },
} as const;

/** The same for a start, which may be told to use the engine. */
export const START_CONTAINER = {
  ...CONTAINER_WITH_IMAGE,
  kinds: {
    ...CONTAINER_WITH_IMAGE.kinds,
    net: [...SOCKET, "with --hermetic: the networks of engines"],
  },
  find: async ({ flags, world }: CommandInput<MayStart>) => {
    const { startingContainer } = await containers();
    return await startingContainer(flags, world);
  },
} as const;

/** The same for runs, of which each may have a container of its own. */
export const RUN_CONTAINER = {
  ...CONTAINER_WITH_IMAGE,
  kinds: {
    ...CONTAINER_WITH_IMAGE.kinds,
    read: [...SOCKET, "of programs: files with the user's logins"],
    env: [
      ...CONTAINER.kinds.env,
      "of programs: the secrets of the entry",
      "of programs: what names the user's logins",
    ],
  },
  find: async ({ flags, world }: CommandInput<MayNeedContainer>) => {
    const ref = await namedRef(flags, world);
    const asked = { ...flags, ref };
    if (mayBeProgram(flags, ref, world)) {
      const { runningContainer } = await containers();
      return await runningContainer(asked, world);
    }
    const recorded = await recordedContainers(asked, world);
    return ref === undefined
      ? await grantedOf(recorded ?? {}, world)
      : recorded;
  },
} as const;

const journal = later<typeof import("./runs/find_run.ts")>(
  "./runs/find_run.ts",
);

type MayRunAgain = Omit<MayNeedContainer, "ref"> & {
  readonly stateDir: string | undefined;
};

/** The same for a run that the journal tells of. */
export const RERUN_CONTAINER = {
  ...RUN_CONTAINER,
  needs: ({ flags, world }: CommandInput<MayRunAgain>) =>
    artifactPermissions(flags, world),
  find: async ({ flags, operands, world }: CommandInput<MayRunAgain>) => {
    const { refOfRun } = await journal();
    const ref = await refOfRun(operands[0] ?? "", flags, world);
    return await RUN_CONTAINER.find({
      flags: { ...flags, ref },
      operands,
      world,
    });
  },
} as const;

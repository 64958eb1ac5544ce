import type { Further } from "./command.ts";
import { later } from "./command_module.ts";
import type { World } from "./world.ts";

const credentials = later<typeof import("./credential_permissions.ts")>(
  "./credential_permissions.ts",
);

/** The programs that commands ask for the user's logins when they talk to registries of images. */
export const LOGIN_PROGRAMS: Further<{ readonly world: World }> = {
  seldom: true,
  kinds: { run: ["the programs that keep the user's logins"] },
  needs: ({ world }) => ({ read: [world.toolkit.dir] }),
  find: async ({ world }) => {
    const { credentialPrograms } = await credentials();
    return credentialPrograms(world);
  },
};

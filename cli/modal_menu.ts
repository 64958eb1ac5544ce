import { command } from "./command.ts";
import { body } from "./command_module.ts";
import { JSON_OUTPUT } from "./flags.ts";
import { MODAL_ENV, MODAL_PLACE, modalConfigFile } from "./touches.ts";

/** The commands about Modal. */
export const MODAL_MENU = [
  command({
    path: ["modalctl", "account"],
    brief: "Show which account and environment Modal would be used with",
    about:
      "Looks for the token and the environment where Modal's own programs do: in MODAL_TOKEN_ID, MODAL_TOKEN_SECRET and MODAL_ENVIRONMENT, then in the profile of the configuration file that MODAL_PROFILE names or that is active. Says where each came from, and never shows a token. Asks Modal nothing.",
    flags: {
      env: {
        kind: "text",
        placeholder: "NAME",
        brief:
          "Environment of Modal (MODAL_ENVIRONMENT; environment of the profile)",
      },
      ...JSON_OUTPUT,
    },
    examples: ["modalctl account", "modalctl account --env staging --json"],
    permissions: ({ world }) => ({
      read: [world.toolkit.dir],
      env: MODAL_ENV,
    }),
    further: [{
      kinds: { read: ["Modal's configuration file"] },
      needs: () => ({ env: MODAL_PLACE }),
      find: ({ world }) => {
        const file = modalConfigFile(world);
        return Promise.resolve(file === undefined ? {} : { read: [file] });
      },
    }],
    touches: "reads the environment and Modal's configuration file",
    exits: [4, 10, 70],
    load: body<typeof import("./commands/modal_account.ts")>("modal_account"),
  }),
] as const;

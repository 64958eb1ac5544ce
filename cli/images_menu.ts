import { command } from "./command.ts";
import { body, later } from "./command_module.ts";
import {
  IMAGE_PLATFORM,
  IMAGE_TAG,
  JSON_OUTPUT,
  QUIET,
  REF_REQUIRED,
  REGISTRY,
} from "./flags.ts";
import { ENGINE_SOCKET, FINDS_ENGINE } from "./engine_socket.ts";
import { LOGIN_PROGRAMS } from "./login_programs.ts";
import { union } from "./permission_sets.ts";
import { credentialOptions, registryPermissions } from "./touches.ts";

const buildFiles = later<typeof import("./build_place.ts")>("./build_place.ts");

/** The commands about images of processors. */
export const IMAGES_MENU = [
  command({
    path: ["imagectl", "build"],
    brief: "Build the image of a processor",
    about:
      "Builds the Dockerfile that the entry names, on the engine of containers, with BuildKit where the engine has that. Sends the context without what its .dockerignore leaves out.",
    flags: {
      ...REF_REQUIRED,
      ...IMAGE_PLATFORM,
      tag: {
        ...IMAGE_TAG.tag,
        brief: `${IMAGE_TAG.tag.brief} (default: build-<time>)`,
      },
      noCache: { kind: "switch", brief: "Do all steps again" },
      ...REGISTRY,
      ...QUIET,
      ...JSON_OUTPUT,
    },
    examples: [
      "imagectl build --ref llm/litellm@1",
      "imagectl build --ref llm/litellm@1 --platform arm64 --no-cache",
    ],
    permissions: ({ flags, world }) =>
      union(registryPermissions(flags, world), FINDS_ENGINE),
    further: [ENGINE_SOCKET, {
      kinds: { read: ["the Dockerfile and the context of the entry"] },
      needs: ({ flags, world }) => ({
        read: registryPermissions(flags, world).read ?? [],
      }),
      find: async ({ flags, world }) => {
        const { buildPermissions } = await buildFiles();
        return buildPermissions(flags, world);
      },
    }],
    touches:
      "reads the registry roots, the Dockerfile and its context; talks to the container engine",
    exits: [3, 5, 9, 10, 70, 129, 130, 143],
    load: body<typeof import("./commands/image_build.ts")>("image_build"),
  }),
  command({
    path: ["imagectl", "push"],
    brief: "Push the image of a processor to a registry",
    about:
      "Pushes the newest image of the processor that the engine has, or the one that --tag names, and prints the digest to pin. Logins are those of docker login and podman login, or REGISTRY_USERNAME and REGISTRY_PASSWORD for REGISTRY_HOST.",
    flags: {
      ...REF_REQUIRED,
      tag: {
        ...IMAGE_TAG.tag,
        brief: `${IMAGE_TAG.tag.brief} (default: the newest of the processor)`,
      },
      to: {
        kind: "text",
        placeholder: "REPOSITORY",
        brief:
          "Where to, with a tag or without (default: the repository that the entry pins)",
      },
      ...REGISTRY,
      ...QUIET,
      ...JSON_OUTPUT,
    },
    examples: [
      "imagectl push --ref llm/litellm@1 --to registry.example.com/team/litellm",
    ],
    permissions: ({ flags, world }) =>
      union(registryPermissions(flags, world), FINDS_ENGINE),
    optionalThere: credentialOptions,
    further: [ENGINE_SOCKET, LOGIN_PROGRAMS],
    touches:
      "reads the registry roots and the user's logins for registries; talks to the container engine",
    exits: [3, 5, 9, 10, 70, 129, 130, 143],
    load: body<typeof import("./commands/image_push.ts")>("image_push"),
  }),
  command({
    path: ["imagectl", "list"],
    brief: "List the images of processors that the engine has",
    flags: {
      ref: {
        kind: "text",
        placeholder: "REF",
        brief: "Processor, as ns/name@version (default: all)",
      },
      ...JSON_OUTPUT,
    },
    examples: ["imagectl list", "imagectl list --ref llm/litellm@1 --json"],
    permissions: ({ world }) => ({
      read: [world.toolkit.dir],
      ...FINDS_ENGINE,
    }),
    further: [ENGINE_SOCKET],
    touches: "talks to the container engine",
    exits: [9, 10, 70],
    load: body<typeof import("./commands/image_list.ts")>("image_list"),
  }),
] as const;

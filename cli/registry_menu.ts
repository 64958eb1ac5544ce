import { command } from "./command.ts";
import { body, later } from "./command_module.ts";
import {
  IMAGE_PLATFORM,
  IMAGE_TAG,
  JSON_OUTPUT,
  QUIET,
  REF_REQUIRED,
  REGISTRY,
  REPORT,
} from "./flags.ts";
import { ENGINE_SOCKET, FINDS_ENGINE } from "./engine_socket.ts";
import { LOGIN_PROGRAMS } from "./login_programs.ts";
import { union } from "./permission_sets.ts";
import { credentialOptions, registryPermissions } from "./touches.ts";

const TOUCHES_REGISTRY = "reads the registry roots";

const pin = later<typeof import("./pin/own_entry.ts")>("./pin/own_entry.ts");

/** The commands of `registry`. */
export const REGISTRY_MENU = [
  command({
    path: ["registry", "list"],
    brief: "List the processors of all registry roots",
    flags: { ...REGISTRY, ...JSON_OUTPUT },
    examples: ["registry list", "registry list --registry ./processors --json"],
    permissions: ({ flags, world }) => registryPermissions(flags, world),
    touches: TOUCHES_REGISTRY,
    exits: [10, 70],
    load: body<typeof import("./commands/registry_list.ts")>("registry_list"),
  }),
  command({
    path: ["registry", "show"],
    brief: "Show one entry: inputs, outputs, secrets, limits",
    flags: { ...REGISTRY, ...JSON_OUTPUT },
    operands: { name: "REF", brief: "Processor", minimum: 1, maximum: 1 },
    examples: ["registry show llm/litellm@1"],
    permissions: ({ flags, world }) => registryPermissions(flags, world),
    touches: TOUCHES_REGISTRY,
    exits: [3, 10, 70],
    load: body<typeof import("./commands/registry_show.ts")>("registry_show"),
  }),
  command({
    path: ["registry", "validate"],
    brief: "Check registry entries (default: all)",
    flags: { ...REPORT, ...REGISTRY, ...JSON_OUTPUT },
    operands: { name: "REF", brief: "Processors" },
    examples: [
      "registry validate",
      "registry validate llm/litellm@1 --format json",
    ],
    permissions: ({ flags, world }) => registryPermissions(flags, world),
    touches: TOUCHES_REGISTRY,
    exits: [3, 10, 70],
    load: body<typeof import("./commands/registry_validate.ts")>(
      "registry_validate",
    ),
  }),
  command({
    path: ["registry", "schema"],
    brief: "Print the JSON Schema of a processor's inputs",
    flags: { ...REGISTRY, ...JSON_OUTPUT },
    operands: { name: "REF", brief: "Processor", minimum: 1, maximum: 1 },
    examples: ["registry schema llm/litellm@1"],
    permissions: ({ flags, world }) => registryPermissions(flags, world),
    touches: TOUCHES_REGISTRY,
    exits: [3, 10, 70],
    load: body<typeof import("./commands/registry_schema.ts")>(
      "registry_schema",
    ),
  }),
  command({
    path: ["registry", "example"],
    brief: "Print an inputs document that passes the check",
    flags: { ...REGISTRY, ...JSON_OUTPUT },
    operands: { name: "REF", brief: "Processor", minimum: 1, maximum: 1 },
    examples: ["registry example llm/litellm@1 > inputs.json"],
    permissions: ({ flags, world }) => registryPermissions(flags, world),
    touches: TOUCHES_REGISTRY,
    exits: [3, 10, 70],
    load: body<typeof import("./commands/registry_example.ts")>(
      "registry_example",
    ),
  }),
  command({
    path: ["registry", "pin"],
    brief: "Pin an image of a processor by its digest",
    about:
      "Finds the digest of an image, makes sure that the image is there for the platform, and writes it into the registry.yaml of the entry, where nothing else changes. Without --oci and --tag it is the newest image of the processor that the engine has, as a registry knows it if it was pushed.",
    flags: {
      ...REF_REQUIRED,
      ...IMAGE_PLATFORM,
      tag: {
        ...IMAGE_TAG.tag,
        brief: `${IMAGE_TAG.tag.brief} (default: the newest of the processor)`,
      },
      oci: {
        kind: "text",
        placeholder: "IMAGE",
        brief: "Any image, as repository:tag or repository@sha256:…",
      },
      dryRun: { kind: "switch", brief: "Write nothing, print what would be" },
      ...REGISTRY,
      ...QUIET,
      ...JSON_OUTPUT,
    },
    examples: [
      "registry pin --ref demo/hello@1 --registry processors",
      "registry pin --ref demo/hello@1 --registry processors --platform arm64 --oci registry.example.com/team/hello:1",
    ],
    permissions: ({ flags, world }) =>
      union(registryPermissions(flags, world), FINDS_ENGINE),
    optionalThere: credentialOptions,
    further: [ENGINE_SOCKET, {
      kinds: { write: ["the registry.yaml of the entry"] },
      needs: ({ flags, world }) => ({
        read: registryPermissions(flags, world).read ?? [],
      }),
      find: async ({ flags, world }) => {
        const { pinPermissions } = await pin();
        return pinPermissions(flags, world);
      },
    }, LOGIN_PROGRAMS],
    touches:
      "reads the registry roots and the user's logins for registries; talks to the container engine; writes the registry.yaml of the entry, by way of .registry.yaml.fixed beside it",
    exits: [3, 5, 7, 9, 10, 70, 129, 130, 143],
    load: body<typeof import("./commands/registry_pin.ts")>("registry_pin"),
  }),
  command({
    path: ["registry", "new"],
    brief: "Create a processor that runs at once",
    about:
      "Writes registry.yaml, handler.ts and an example inputs document to DIR/<namespace>/<name>/<version>/, and prints the command that runs it.",
    flags: {
      dir: {
        kind: "text",
        placeholder: "DIR",
        brief: "Registry root to write to (default: registry)",
      },
      ...JSON_OUTPUT,
    },
    operands: {
      name: "REF",
      brief: "Processor to create",
      minimum: 1,
      maximum: 1,
    },
    examples: ["registry new demo/hello@1 --dir processors"],
    permissions: ({ flags, world }) => ({
      read: [flags.dir ?? "registry", world.toolkit.dir],
      write: [flags.dir ?? "registry"],
    }),
    touches: "writes the new folder",
    exits: [10, 70],
    load: body<typeof import("./commands/registry_new.ts")>("registry_new"),
  }),
] as const;

import { command } from "./command.ts";
import { body } from "./command_module.ts";
import { JSON_OUTPUT, REGISTRY, REPORT } from "./flags.ts";
import { registryPermissions } from "./touches.ts";

const TOUCHES_REGISTRY = "reads the registry roots";

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

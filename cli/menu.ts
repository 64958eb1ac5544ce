import { ARTIFACTS_MENU } from "./artifacts_menu.ts";
import { CHECK_FILES, RUN_FILES } from "./attachment_grants.ts";
import { command } from "./command.ts";
import { body, later } from "./command_module.ts";
import {
  CONTAINER,
  RUN_CONTAINER,
  START_CONTAINER,
} from "./container_grants.ts";
import {
  CHECK,
  JSON_OUTPUT,
  LOGS,
  REF_RUNNING,
  REF_RUNNING_REQUIRED,
  REGISTRY,
  RUN,
  RUN_PROCESSOR,
  START,
  STATE,
} from "./flags.ts";
import { IMAGES_MENU } from "./images_menu.ts";
import { MODAL_MENU } from "./modal_menu.ts";
import { PROGRAM_MENU } from "./program_menu.ts";
import { REGISTRY_MENU } from "./registry_menu.ts";
import { RUNS_MENU } from "./runs_menu.ts";
import {
  checkPermissions,
  credentialOptions,
  documentsOf,
  enginePermissions,
  fixedFiles,
  instancePermissions,
  KILL_OPTIONS,
  registryPermissions,
  runPermissions,
  SERVER_OPTIONS,
} from "./touches.ts";

const TOUCHES_REGISTRY = "reads the registry roots";
const TOUCHES_INSTANCE =
  `${TOUCHES_REGISTRY} and the state folder; talks to 127.0.0.1`;
const TOUCHES_RUN =
  "reads the registry roots, the inputs and attached files; writes the state folder and where outputs are saved; talks to 127.0.0.1; runs deno";

const RUN_EXITS = [1, 3, 4, 5, 6, 7, 9, 10, 70, 129, 130, 143] as const;

const secrets = later<typeof import("./entry_secrets.ts")>(
  "./entry_secrets.ts",
);

/** Every command. Parser, help, completions and docs are made from this list alone. */
export const MENU = [
  command({
    path: ["localctl", "start"],
    brief: "Start an instance of a processor and wait until it is ready",
    about:
      "Starts the processor in a sandbox of its own or in a container, and prints how to reach it. Does nothing when it runs already. Containers are made from the image that the entry pins, on the Docker or Podman that DOCKER_HOST or CONTAINER_HOST names, else on one in the usual places. Secrets that the entry names are taken from the environment.",
    flags: START,
    examples: [
      "localctl start --ref llm/litellm@1",
      "localctl start --ref llm/litellm@1 --mock-missing-secrets --wait 10s",
      "localctl start --ref demo/hello@1 --registry processors --engine docker --hermetic",
    ],
    permissions: ({ flags, world }) => ({
      ...instancePermissions(flags, world),
      run: ["deno"],
    }),
    further: [{
      kinds: { env: ["the secrets and $NAME hosts of the entry"] },
      needs: ({ flags, world }) => ({
        read: registryPermissions(flags, world).read ?? [],
      }),
      find: async ({ flags, world }) => {
        const { entrySecrets } = await secrets();
        return entrySecrets(flags, world);
      },
    }, START_CONTAINER],
    optional: { ...SERVER_OPTIONS, ...KILL_OPTIONS },
    optionalThere: credentialOptions,
    touches:
      `${TOUCHES_INSTANCE}; runs deno; reads the secrets that the entry names`,
    exits: [3, 4, 5, 7, 9, 10, 70, 129, 130, 143],
    load: body<typeof import("./commands/local_start.ts")>("local_start"),
  }),
  command({
    path: ["localctl", "run"],
    brief: "Run a processor and print its envelope",
    about:
      "Checks the inputs, runs the processor on its instance and prints the envelope as one line of canonical JSON. Without an instance, mock runs in a sandbox that ends with the run; real needs localctl start first.",
    flags: RUN,
    examples: [
      'localctl run --ref llm/litellm@1 --inputs-json \'{"schema":"v1","params":{"messages":[{"role":"user","content":"Hello"}]}}\'',
      "localctl run --inputs-file inputs.yaml --attach image=photo.jpg --save-dir out",
      "cat inputs.json | localctl run --ref llm/litellm@1 --inputs - --stream",
    ],
    permissions: ({ flags, world }) => runPermissions(flags, world),
    further: [RUN_FILES, RUN_CONTAINER],
    optional: SERVER_OPTIONS,
    documents: ({ flags }) => documentsOf(flags),
    touches: TOUCHES_RUN,
    exits: RUN_EXITS,
    load: body<typeof import("./commands/local_run.ts")>("local_run"),
  }),
  command({
    path: ["localctl", "stop"],
    brief: "Stop an instance, or all of them",
    flags: {
      ...REF_RUNNING,
      all: {
        kind: "switch",
        brief:
          "Every instance in the state folder, and all containers of other state folders",
      },
      ...STATE,
      ...JSON_OUTPUT,
    },
    examples: ["localctl stop --ref llm/litellm@1", "localctl stop --all"],
    permissions: ({ flags, world }) => instancePermissions(flags, world),
    further: [CONTAINER],
    optional: KILL_OPTIONS,
    optionalThere: enginePermissions,
    touches: TOUCHES_INSTANCE,
    exits: [9, 10, 70, 129, 130, 143],
    load: body<typeof import("./commands/local_stop.ts")>("local_stop"),
  }),
  command({
    path: ["localctl", "status"],
    brief: "Show instances and whether they answer now",
    flags: { ...REF_RUNNING, ...REGISTRY, ...STATE, ...JSON_OUTPUT },
    examples: ["localctl status", "localctl status --ref llm/litellm@1 --json"],
    permissions: ({ flags, world }) => instancePermissions(flags, world),
    further: [CONTAINER],
    optionalThere: enginePermissions,
    touches: TOUCHES_INSTANCE,
    exits: [5, 6, 9, 10, 70],
    load: body<typeof import("./commands/local_status.ts")>("local_status"),
  }),
  command({
    path: ["localctl", "logs"],
    brief: "Print the log of an instance",
    flags: LOGS,
    examples: [
      "localctl logs --ref llm/litellm@1 --tail 20",
      "localctl logs --ref llm/litellm@1 --follow",
    ],
    permissions: ({ flags, world }) => instancePermissions(flags, world),
    further: [CONTAINER],
    touches: TOUCHES_INSTANCE,
    exits: [6, 9, 10, 70],
    load: body<typeof import("./commands/local_logs.ts")>("local_logs"),
  }),
  command({
    path: ["localctl", "url"],
    brief: "Print the address of an instance",
    flags: { ...REF_RUNNING_REQUIRED, ...STATE, ...JSON_OUTPUT },
    examples: ["localctl url --ref llm/litellm@1"],
    permissions: ({ flags, world }) => instancePermissions(flags, world),
    further: [CONTAINER],
    touches: TOUCHES_INSTANCE,
    exits: [6, 9, 10, 70],
    load: body<typeof import("./commands/local_url.ts")>("local_url"),
  }),
  ...MODAL_MENU,
  command({
    path: ["run_processor"],
    brief: "Run a processor: the older name of localctl run",
    about:
      "The single execution surface of older documents, on the same pipeline. Its default write prefix is /artifacts/outputs/.",
    flags: RUN_PROCESSOR,
    examples: [
      'run_processor --ref llm/litellm@1 --adapter local --mode smoke --inputs-json \'{"messages":[{"role":"user","content":"Hello!"}]}\' --json',
    ],
    permissions: ({ flags, world }) => runPermissions(flags, world),
    further: [RUN_FILES, RUN_CONTAINER],
    optional: SERVER_OPTIONS,
    documents: ({ flags }) => documentsOf(flags),
    touches: TOUCHES_RUN,
    exits: RUN_EXITS,
    load: body<typeof import("./commands/run_processor.ts")>("run_processor"),
  }),
  command({
    path: ["check"],
    brief:
      "Check inputs documents and registry entries without running anything",
    about:
      "Says about each file what run would say before starting, and what the editor says. Reads JSON, JSONC and YAML; - is standard input. A file named registry.yaml is checked as a registry entry, theory.yaml and theory.json as settings.",
    flags: CHECK,
    operands: { name: "FILE", brief: "Documents to check", minimum: 1 },
    examples: [
      "check inputs.yaml --ref llm/litellm@1",
      "check inputs/*.json --format github",
      "check inputs.yaml --fix",
    ],
    permissions: ({ flags, operands, world }) => {
      const sets = operands.map((file) =>
        checkPermissions({ ...flags, inputsFile: file }, world)
      );
      const read = sets.flatMap(({ read }) => read ?? []);
      if (!flags.fix) return { ...sets[0], read };
      return { ...sets[0], read, write: fixedFiles(operands) };
    },
    further: [CHECK_FILES],
    documents: ({ flags, operands }) => flags.ref === undefined ? operands : [],
    touches:
      `${TOUCHES_REGISTRY} and the files; with --fix writes them, each by way of .FILE.fixed beside it`,
    exits: [3, 10, 70],
    load: body<typeof import("./commands/check.ts")>("check"),
  }),
  ...IMAGES_MENU,
  ...REGISTRY_MENU,
  ...ARTIFACTS_MENU,
  ...RUNS_MENU,
  ...PROGRAM_MENU,
] as const;

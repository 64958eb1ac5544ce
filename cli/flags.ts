/** Flags that several commands share. */

export const JSON_OUTPUT = {
  json: { kind: "switch", brief: "Print the result as JSON, errors too" },
} as const;

export const QUIET = {
  quiet: {
    kind: "switch",
    brief: "Nothing on standard error but errors, findings and --stream",
  },
} as const;

export const STATE = {
  stateDir: {
    kind: "text",
    placeholder: "DIR",
    brief: "State folder (THEORY_STATE_DIR; .theory in the working folder)",
  },
} as const;

export const REGISTRY = {
  registry: {
    kind: "list",
    placeholder: "DIR",
    brief:
      "Registry root, searched before THEORY_REGISTRY and the shipped one; repeatable",
  },
} as const;

export const REF = {
  ref: {
    kind: "text",
    placeholder: "REF",
    brief:
      "Processor, as ns/name@version (default: $processor of the inputs document)",
  },
} as const;

export const REF_REQUIRED = {
  ref: {
    kind: "text",
    required: true,
    placeholder: "REF",
    brief: "Processor, as ns/name@version",
  },
} as const;

export const IMAGE_PLATFORM = {
  platform: {
    kind: "choice",
    values: ["amd64", "arm64"],
    brief: "What the image is made for (default: this machine)",
  },
} as const;

export const IMAGE_TAG = {
  tag: {
    kind: "text",
    placeholder: "NAME:TAG",
    brief:
      "Name of the image; a TAG alone is of theory-local/<ns>-<name>-<version>",
  },
} as const;

export const REF_RUNNING = {
  ref: {
    kind: "text",
    placeholder: "REF",
    completes: "instance",
    brief: "Processor that an instance runs, as ns/name@version",
  },
} as const;

export const REF_RUNNING_REQUIRED = {
  ref: { ...REF_RUNNING.ref, required: true },
} as const;

export const MODE = {
  mode: {
    kind: "choice",
    values: ["mock", "real", "smoke"],
    older: ["default"],
    brief:
      "mock: deterministic, sandboxed (default); real: calls providers; smoke: no process",
  },
} as const;

export const INPUTS = {
  inputsJson: {
    kind: "text",
    placeholder: "JSON",
    brief: "Inputs document as text",
  },
  inputsFile: {
    kind: "text",
    placeholder: "FILE",
    brief: "Inputs document as a JSON, JSONC or YAML file",
  },
  inputs: {
    kind: "text",
    placeholder: "-",
    brief: "Inputs document from standard input",
  },
  attach: {
    kind: "list",
    placeholder: "NAME=PATH",
    brief: 'File for {"$attach": "NAME"} in the inputs; repeatable',
  },
} as const;

export const PATIENCE = {
  wait: {
    kind: "text",
    placeholder: "TIME",
    brief:
      "How long to wait until a sandbox is ready, as 30s or 500ms (default 30s)",
  },
  grace: {
    kind: "text",
    placeholder: "TIME",
    brief:
      "How long a run may take to end after Ctrl-C or its time limit (default 5s); a second Ctrl-C ends it at once",
  },
} as const;

export const RUN = {
  ...REF,
  ...MODE,
  ...INPUTS,
  writePrefix: {
    kind: "text",
    placeholder: "PREFIX",
    brief: "World path under which outputs land; {execution_id} is expanded",
  },
  executionId: {
    kind: "text",
    placeholder: "ID",
    brief: "Id of this execution (default: a fresh UUID)",
  },
  timeout: {
    kind: "text",
    placeholder: "SECONDS",
    brief: "Time limit of the run (default: runtime.timeout_s of the entry)",
  },
  ...PATIENCE,
  saveDir: {
    kind: "text",
    placeholder: "DIR",
    brief: "Save every output below this folder, at its world path",
  },
  saveFirst: {
    kind: "text",
    placeholder: "FILE",
    brief: "Save the first output as this file",
  },
  stream: {
    kind: "switch",
    brief: "Show tokens and events on standard error while the run goes on",
  },
  ...REGISTRY,
  ...STATE,
  ...QUIET,
  ...JSON_OUTPUT,
} as const;

export const REPORT = {
  format: {
    kind: "choice",
    values: ["text", "json", "github", "sarif"],
    brief: "Form of the report (default text)",
  },
} as const;

export const START = {
  ...REF_REQUIRED,
  engine: {
    kind: "choice",
    values: ["auto", "sandbox", "docker"],
    brief:
      "How to run it: in the sandbox, or in a container of Docker or Podman (default auto: the sandbox for entries with a handler, else a container)",
  },
  ...IMAGE_PLATFORM,
  hermetic: {
    kind: "switch",
    brief:
      "In a container that gets no secrets and reaches no other machine; real runs are then refused",
  },
  port: {
    kind: "text",
    placeholder: "N",
    brief: "Port on 127.0.0.1 (default: a free one)",
  },
  mockMissingSecrets: {
    kind: "switch",
    brief:
      "Start although required secrets are not set; real runs are then refused",
  },
  wait: {
    kind: "text",
    placeholder: "TIME",
    brief: "How long to wait until it is ready, as 30s or 500ms (default 30s)",
  },
  ...REGISTRY,
  ...STATE,
  ...QUIET,
  ...JSON_OUTPUT,
} as const;

export const LOGS = {
  ...REF_RUNNING_REQUIRED,
  follow: {
    kind: "switch",
    brief: "Go on until interrupted or the instance ends",
  },
  tail: { kind: "text", placeholder: "N", brief: "The last N lines alone" },
  since: {
    kind: "text",
    placeholder: "TIME",
    brief: "Lines since a time (RFC 3339) or for a span such as 10m",
  },
  ...STATE,
  ...JSON_OUTPUT,
} as const;

export const RUN_PROCESSOR = {
  ...RUN,
  adapter: {
    kind: "choice",
    values: ["local"],
    brief: "Where to run it (default local)",
  },
  plan: {
    kind: "text",
    placeholder: "KEY",
    brief: "Accepted for older scripts; has no effect",
  },
  adapterOptsJson: {
    kind: "text",
    placeholder: "JSON",
    brief: 'Adapter options; {"timeout_s": 120} is --timeout 120',
  },
} as const;

export const CHECK = {
  ...REF,
  attach: INPUTS.attach,
  fix: {
    kind: "switch",
    brief:
      "Apply the fixes that leave nothing to choose; report what is left (- prints the fixed text)",
  },
  ...REPORT,
  ...REGISTRY,
  ...JSON_OUTPUT,
} as const;

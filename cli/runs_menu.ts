import { command } from "./command.ts";
import { body } from "./command_module.ts";
import { RERUN_CONTAINER } from "./container_grants.ts";
import { JSON_OUTPUT, REGISTRY, RUN, STATE } from "./flags.ts";
import {
  artifactPermissions,
  runPermissions,
  SERVER_OPTIONS,
} from "./touches.ts";

const TOUCHES = "reads and writes the state folder";

const ID =
  "Execution id, or the beginning of just one; ID#2 is the second run with it";

/** The commands of the journal. */
export const RUNS_MENU = [
  command({
    path: ["runs", "list"],
    brief: "List recorded runs, newest first",
    about:
      "Every run is recorded before it starts and settled when it ends, also when it fails or is cancelled. A run whose process was killed is listed as died.",
    flags: {
      limit: {
        kind: "text",
        placeholder: "N",
        brief: "At most so many (default 20)",
      },
      ref: {
        kind: "text",
        placeholder: "REF",
        brief: "Runs of this processor alone",
      },
      status: {
        kind: "choice",
        values: ["running", "success", "error", "cancelled", "timeout", "died"],
        brief: "Runs in this state alone",
      },
      since: {
        kind: "text",
        placeholder: "TIME",
        brief: "Runs since a time (RFC 3339) or for a span such as 10m or 2d",
      },
      ...STATE,
      ...JSON_OUTPUT,
    },
    examples: ["runs list", "runs list --status died --since 1d --json"],
    permissions: ({ flags, world }) => artifactPermissions(flags, world),
    touches: TOUCHES,
    exits: [9, 10, 70],
    load: body<typeof import("./commands/runs_list.ts")>("runs_list"),
  }),
  command({
    path: ["runs", "show"],
    brief: "Show what is known of a recorded run",
    flags: { ...STATE, ...JSON_OUTPUT },
    operands: { name: "ID", brief: ID, minimum: 1, maximum: 1 },
    examples: ["runs show 5f0c", "runs show nightly#2 --json"],
    permissions: ({ flags, world }) => artifactPermissions(flags, world),
    touches: TOUCHES,
    exits: [9, 10, 70],
    load: body<typeof import("./commands/runs_show.ts")>("runs_show"),
  }),
  command({
    path: ["runs", "diff"],
    brief: "Say where two recorded runs differ",
    about:
      "Compares status, envelope, inputs and registry entry as they were, with {execution_id} in place of the id of each run. Names the first path that differs, then all of them. Exits with 0 also when they differ; --json has equal.",
    flags: { ...STATE, ...JSON_OUTPUT },
    operands: { name: "ID", brief: ID, minimum: 2, maximum: 2 },
    examples: ["runs diff 5f0c 81aa", "runs diff nightly#1 nightly#2 --json"],
    permissions: ({ flags, world }) => artifactPermissions(flags, world),
    touches: TOUCHES,
    exits: [9, 10, 70],
    load: body<typeof import("./commands/runs_diff.ts")>("runs_diff"),
  }),
  command({
    path: ["runs", "rerun"],
    brief: "Do a recorded run again and print its envelope",
    about:
      "Takes the inputs and attachments of the run from the store, its processor, mode, write prefix and time limit, and a new execution id. Says when the registry entry changed since.",
    flags: {
      executionId: RUN.executionId,
      timeout: {
        ...RUN.timeout,
        brief: "Time limit of the run (default: as before)",
      },
      wait: RUN.wait,
      grace: RUN.grace,
      saveDir: RUN.saveDir,
      saveFirst: RUN.saveFirst,
      stream: RUN.stream,
      ...REGISTRY,
      ...STATE,
      quiet: RUN.quiet,
      ...JSON_OUTPUT,
    },
    operands: { name: "ID", brief: ID, minimum: 1, maximum: 1 },
    examples: ["runs rerun 5f0c --save-dir out"],
    permissions: ({ flags, world }) => runPermissions(flags, world),
    further: [RERUN_CONTAINER],
    optional: SERVER_OPTIONS,
    touches:
      "reads the registry roots; writes the state folder and where outputs are saved; talks to 127.0.0.1; runs deno",
    exits: [1, 3, 4, 5, 6, 7, 9, 10, 70, 129, 130, 143],
    load: body<typeof import("./commands/runs_rerun.ts")>("runs_rerun"),
  }),
  command({
    path: ["runs", "gc"],
    brief: "Forget runs that ended long ago",
    about:
      "Forgets runs older than 30 days, or those that --keep and --older-than both leave. Runs that are going on stay. What only forgotten runs named stays in the store until artifacts gc.",
    flags: {
      keep: {
        kind: "text",
        placeholder: "N",
        brief: "Keep the N newest runs, however old",
      },
      olderThan: {
        kind: "text",
        placeholder: "TIME",
        brief:
          "Keep what is newer, as 12h or 30d, or a time (default 30d; without limit with --keep)",
      },
      dryRun: { kind: "switch", brief: "Forget nothing; say what would be" },
      ...STATE,
      ...JSON_OUTPUT,
    },
    examples: ["runs gc --dry-run", "runs gc --keep 1000 --older-than 7d"],
    permissions: ({ flags, world }) => artifactPermissions(flags, world),
    touches: TOUCHES,
    exits: [9, 10, 70],
    load: body<typeof import("./commands/runs_gc.ts")>("runs_gc"),
  }),
] as const;

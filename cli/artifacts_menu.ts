import { command } from "./command.ts";
import { body } from "./command_module.ts";
import { JSON_OUTPUT, QUIET, STATE } from "./flags.ts";
import { artifactPermissions } from "./touches.ts";

const TOUCHES = "reads and writes the state folder";

/** The commands of the artifact store. */
export const ARTIFACTS_MENU = [
  command({
    path: ["artifacts", "get"],
    brief: "Write an artifact to standard output or to a file",
    about:
      "Takes a cid, or a world path as envelopes and artifacts list show it. The bytes are verified: a file gets its name only when all of them are right, and of damaged ones the end is never printed. With --json it prints what is known of the artifact instead.",
    flags: {
      out: {
        kind: "text",
        short: "o",
        placeholder: "FILE",
        brief: "File to write (default: standard output, as with -)",
      },
      ...STATE,
      ...JSON_OUTPUT,
    },
    operands: {
      name: "ARTIFACT",
      brief: "Cid (b3:…) or world path",
      minimum: 1,
      maximum: 1,
    },
    examples: [
      "artifacts get /artifacts/outputs/llm_litellm/E1/text/response.txt",
      "artifacts get b3:0f1c… -o photo.jpg",
    ],
    permissions: ({ flags, world }) =>
      artifactPermissions(flags, world, {
        folderOf: flags.out === "-" ? undefined : flags.out,
      }),
    touches: `${TOUCHES}, and the folder of FILE`,
    exits: [3, 9, 10, 70, 129, 130, 143],
    load: body<typeof import("./commands/artifacts_get.ts")>("artifacts_get"),
  }),
  command({
    path: ["artifacts", "put"],
    brief: "Take files into the store and print their world paths",
    about:
      'The paths can be used in inputs, as {"$artifact": "/artifacts/…"}. What is put stays until artifacts gc --forget names its path, although no run uses it.',
    flags: {
      at: {
        kind: "text",
        placeholder: "PATH",
        brief:
          "World path to put it at; a folder when it ends in / (default: /artifacts/inputs/<cid>/<file name>)",
      },
      ...QUIET,
      ...STATE,
      ...JSON_OUTPUT,
    },
    operands: { name: "FILE", brief: "Files to put", minimum: 1 },
    examples: [
      "artifacts put photo.jpg",
      "artifacts put *.jpg --at /artifacts/photos/",
    ],
    permissions: ({ flags, operands, world }) =>
      artifactPermissions(flags, world, { files: operands }),
    touches: `${TOUCHES}; reads the files`,
    exits: [3, 9, 10, 70, 129, 130, 143],
    load: body<typeof import("./commands/artifacts_put.ts")>("artifacts_put"),
  }),
  command({
    path: ["artifacts", "list"],
    brief: "List the world paths of the store",
    flags: { ...STATE, ...JSON_OUTPUT },
    operands: {
      name: "PREFIX",
      brief: "Beginning of the paths (default: all)",
      maximum: 1,
    },
    examples: ["artifacts list", "artifacts list /artifacts/outputs/ --json"],
    permissions: ({ flags, world }) => artifactPermissions(flags, world),
    touches: TOUCHES,
    exits: [9, 10, 70],
    load: body<typeof import("./commands/artifacts_list.ts")>("artifacts_list"),
  }),
  command({
    path: ["artifacts", "verify"],
    brief: "Read everything that is stored and name what is damaged",
    flags: {
      quarantine: {
        kind: "switch",
        brief: "Move damaged bytes to artifacts/damaged/ of the state folder",
      },
      ...QUIET,
      ...STATE,
      ...JSON_OUTPUT,
    },
    examples: ["artifacts verify", "artifacts verify --quarantine --json"],
    permissions: ({ flags, world }) => artifactPermissions(flags, world),
    touches: TOUCHES,
    exits: [9, 10, 70, 129, 130, 143],
    load: body<typeof import("./commands/artifacts_verify.ts")>(
      "artifacts_verify",
    ),
  }),
  command({
    path: ["artifacts", "gc"],
    brief: "Remove artifacts that no recorded run names",
    about:
      "Removes bytes that nothing names, the paths that led to them, and what killed processes left. It never removes what a run in the journal names (runs gc removes runs), what artifacts put keeps, nor what a process uses that is at work meanwhile.",
    flags: {
      olderThan: {
        kind: "text",
        placeholder: "TIME",
        brief:
          "Leave what was stored or used within this time, as 30m or 7d (default 1h)",
      },
      forget: {
        kind: "list",
        placeholder: "PREFIX",
        brief:
          "Do not keep any longer what was put at paths that begin so; repeatable",
      },
      dryRun: { kind: "switch", brief: "Remove nothing; say what would be" },
      ...STATE,
      ...JSON_OUTPUT,
    },
    examples: [
      "artifacts gc --dry-run",
      "artifacts gc --older-than 7d --forget /artifacts/photos/",
    ],
    permissions: ({ flags, world }) => artifactPermissions(flags, world),
    touches: TOUCHES,
    exits: [9, 10, 70, 129, 130, 143],
    load: body<typeof import("./commands/artifacts_gc.ts")>("artifacts_gc"),
  }),
] as const;

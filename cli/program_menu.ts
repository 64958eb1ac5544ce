import { command } from "./command.ts";
import { body } from "./command_module.ts";
import { JSON_OUTPUT } from "./flags.ts";

/** The commands about the program itself, and the one that editors start. */
export const PROGRAM_MENU = [
  command({
    path: ["lsp"],
    brief: "Serve an editor: the language server, on the standard streams",
    about:
      "Checks inputs documents, registry entries and theory.yaml while they are edited, and says what check says. Editors start it; it speaks the Language Server Protocol until the editor ends. It may read the working folder, and each FOLDER. See docs/editors.md.",
    flags: {
      stdio: {
        kind: "switch",
        brief: "Taken, and without effect: some editors add it",
      },
    },
    operands: { name: "FOLDER", brief: "More folders that documents are in" },
    examples: ["lsp", "lsp --stdio"],
    permissions: ({ operands, world }) => ({
      read: [world.toolkit.dir, ".", ...operands],
    }),
    optional: { run: ["deno"], env: ["THEORY_REGISTRY"] },
    touches: "reads the folders that it serves and the program itself",
    exits: [1, 10, 70, 129, 130, 143],
    load: body<typeof import("./commands/lsp.ts")>("lsp"),
  }),
  command({
    path: ["explain"],
    brief: "Explain an error code; without one, list all",
    flags: { ...JSON_OUTPUT },
    operands: { name: "CODE", brief: "Such as ERR_ATTACH_UNKNOWN", maximum: 1 },
    examples: ["explain ERR_ATTACH_UNKNOWN", "explain"],
    permissions: () => ({}),
    touches: "nothing",
    exits: [70],
    load: () => import("./commands/explain.ts"),
  }),
  command({
    path: ["help"],
    brief: "Show the help of a command, or of all as JSON",
    about:
      "Shows the same as --help. With --json it prints the whole menu, or the part of it that was named, as data: every command with its flags, values, examples and exit codes.",
    flags: {
      json: { kind: "switch", brief: "Print commands as data" },
    },
    operands: { name: "COMMAND", brief: "Words of a command, or its first" },
    examples: ["help localctl run", "help --json"],
    permissions: ({ world }) => ({ read: [world.toolkit.dir] }),
    touches: "nothing but the program itself",
    exits: [10, 70],
    load: body<typeof import("./commands/help.ts")>("help"),
  }),
  command({
    path: ["completions"],
    brief: "Print the script that completes commands in a shell",
    about:
      "Completes commands, flags and their values, refs of processors and instances, error codes and file names, for theoryctl, localctl and modalctl. The beginning of the script says where to put it.",
    flags: {},
    operands: {
      name: "SHELL",
      brief: "bash, zsh or fish",
      values: ["bash", "zsh", "fish"],
      minimum: 1,
      maximum: 1,
    },
    examples: [
      "completions bash > theoryctl.bash",
      "completions fish > theoryctl.fish",
    ],
    permissions: ({ world }) => ({ read: [world.toolkit.dir] }),
    touches: "nothing but the program itself",
    exits: [10, 70],
    load: body<typeof import("./commands/completions.ts")>("completions"),
  }),
] as const;

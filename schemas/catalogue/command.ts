import type { Codes } from "./mod.ts";

/** The command line, configuration, permissions. */
export const COMMAND: Codes = {
  ERR_USAGE: {
    meaning: "The command line is wrong",
    cause:
      "A command, flag or value that does not exist, or flags that exclude each other",
    fix: "Read the command's help: add --help to the line",
    exit: 2,
  },
  ERR_INPUTS_SOURCE: {
    meaning: "The inputs were given in no way or in more than one",
    cause: "--inputs-json, --inputs-file and --inputs exclude each other",
    fix: "Give exactly one of them",
    exit: 2,
  },
  ERR_MODE_INVALID: {
    meaning: "The mode is not one of mock, real and smoke",
    cause: "A typo in --mode or in the document's mode",
    fix: "Use mock (the default), real or smoke",
    exit: 2,
  },
  ERR_MODE_UNSUPPORTED: {
    meaning: "The adapter cannot run in this mode",
    cause:
      "smoke fabricates outputs on this machine, so it exists for the local adapter alone",
    fix: "Use mock, or the local adapter",
    exit: 2,
  },
  ERR_SAVE_TARGET: {
    meaning: "The folder or file for saving outputs cannot be written",
    cause:
      "--save-dir or --save-first names a place that is missing, a file or read-only",
    fix: "Name a place that you may write to; nothing was run",
    exit: 2,
  },
  ERR_EXISTS: {
    meaning: "A file that would be written is already there",
    cause: "A processor of that ref exists in this registry root",
    fix: "Choose another ref or version, or another folder",
    exit: 2,
  },
  ERR_PERMISSION: {
    meaning: "Deno was not given a permission that this command needs",
    cause:
      "The command was started with fewer --allow-… flags than it declares",
    fix: "Run the complete command line that was printed",
    exit: 10,
  },
  ERR_CONFIG: {
    meaning: "The settings of the working folder cannot be used",
    cause: "theory.yaml, here or in a folder above, has errors",
    fix: "check theory.yaml shows each with its place; mend them",
    exit: 2,
  },
  ERR_MODAL_CONFIG: {
    meaning: "Modal's configuration file cannot be read",
    cause:
      "The file that MODAL_CONFIG_PATH names, or .modal.toml in the home folder, is no TOML or may not be opened",
    fix: "Mend it where the message says, or let modal setup write a new one",
    exit: 4,
  },
  ERR_INTERNAL: {
    meaning: "A bug in theoryctl",
    cause: "Something happened that the program does not expect",
    fix: "Report it with the stack that was printed",
    exit: 70,
  },
  ERR_INTERRUPTED: {
    meaning: "The command was interrupted",
    cause: "Ctrl-C, or a signal from another program",
    fix: "Nothing to mend: the run was cancelled and its files were removed",
    exit: 130,
  },
  ERR_RUN_UNKNOWN: {
    meaning: "No single recorded run has this id",
    cause:
      "A typo, an abbreviation that several ids begin with, another state folder, or runs gc forgot it",
    fix: "runs list shows the recorded runs",
    exit: 2,
  },
  ERR_CODE_UNKNOWN: {
    meaning: "The catalogue has no such code",
    cause: "A typo, or a code of a processor's own",
    fix: "Run explain without a code to list all",
    exit: 2,
  },
};

import type { Codes } from "./mod.ts";

/** Time limits: every phase of a command has a code of its own. */
export const TIMEOUT: Codes = {
  ERR_PULL_TIMEOUT: {
    meaning: "The image was not pulled in time",
    cause: "The engine said nothing for ten minutes while it pulled",
    fix: "Check the connection of the engine, or pull the image beforehand",
    exit: 7,
  },
  ERR_ATTACH_TIMEOUT: {
    meaning: "The attached files could not be taken into the store in time",
    cause:
      "The disk that holds them, or that of the state folder, did not move for five minutes",
    fix: "Check both disks",
    exit: 7,
  },
  ERR_START_TIMEOUT: {
    meaning: "The instance did not come up in time",
    cause: "Its process takes longer to start and load than --wait allows",
    fix: "Give a longer --wait",
    exit: 7,
  },
  ERR_READY_TIMEOUT: {
    meaning: "The instance came up, but did not answer in time",
    cause:
      "It listens, but /healthz or its first connection takes longer than --wait allows",
    fix: "Give a longer --wait; localctl logs shows what it does",
    exit: 7,
  },
  ERR_RUN_TIMEOUT: {
    meaning: "The run took longer than its time limit",
    cause: "runtime.timeout_s of the entry, or --timeout",
    fix: "Give a longer --timeout",
    exit: 7,
  },
  ERR_COLLECT_TIMEOUT: {
    meaning: "The outputs of the run could not be taken over in time",
    cause: "The disk of the state folder did not move for five minutes",
    fix: "Check the disk that holds the state folder",
    exit: 7,
  },
  ERR_SAVE_TIMEOUT: {
    meaning: "The outputs of the run could not be saved in time",
    cause:
      "The disk that --save-dir or --save-first names did not move for five minutes",
    fix: "Check that disk; the outputs are in the store: artifacts get",
    exit: 7,
  },
  ERR_TIMEOUT: {
    meaning: "The processor gave up waiting",
    cause:
      "A time limit of its own; also what older processors say for ERR_RUN_TIMEOUT",
    fix: "Read the message",
    exit: 7,
  },
};

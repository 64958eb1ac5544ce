import type { Codes } from "./mod.ts";

/** Between a command and a processor: what goes wrong on the wire, each with a code of its own. */
export const WIRE: Codes = {
  ERR_NETWORK: {
    meaning: "The processor cannot be reached",
    cause: "Its instance ended, or nobody listens at its address",
    fix: "localctl status shows whether it runs; localctl logs why it ended",
    exit: 9,
  },
  ERR_CONNECTION_LOST: {
    meaning: "The connection to the processor broke in the middle of the run",
    cause: "Its instance crashed or was killed, or the network between failed",
    fix: "localctl logs shows its last words; run it again",
    exit: 9,
  },
  ERR_NO_ANSWER: {
    meaning: "The processor took the run and then nothing more came from it",
    cause:
      "The connection is half open: the instance hangs, is paused, or its machine is gone; it does not answer at its health path either",
    fix: "Stop the instance and start it again",
    exit: 7,
  },
  ERR_BAD_RESPONSE: {
    meaning:
      "The processor answered with something that is not of its protocol",
    cause: "Not JSON, a broken envelope, or a frame of another protocol",
    fix: "Check api.protocol of the entry, and the processor",
    exit: 9,
  },
  ERR_PROTOCOL: {
    meaning: "The processor does not speak the protocol of its entry",
    cause:
      "It chose another WebSocket subprotocol, knows none of the dialects, or takes runs at another path",
    fix: "Check api.protocol and api.path of the entry",
    exit: 9,
  },
  ERR_RESPONSE_TOO_LARGE: {
    meaning: "The processor sent more in one message than is taken",
    cause: "A result that belongs into an output was sent in a frame",
    fix: "Let the processor write large values as outputs",
    exit: 9,
  },
  ERR_FINAL_MISSING: {
    meaning: "The processor ended the connection without a final answer",
    cause: "Its server closed early, or has a bug",
    fix: "localctl logs shows what it did",
    exit: 9,
  },
  ERR_FINAL_REPEATED: {
    meaning: "The processor gave two final answers to one run",
    cause: "A bug of its server",
    fix: "Mend the processor: one run, one final Response",
    exit: 9,
  },
  ERR_FRAME_AFTER_FINAL: {
    meaning: "The processor went on after its final answer",
    cause: "A bug of its server",
    fix: "Mend the processor: the final Response is the last frame",
    exit: 9,
  },
  ERR_PROCESSOR_HTTP: {
    meaning: "The processor answered success with an HTTP status of failure",
    cause: "A bug of its server, or a proxy between",
    fix: "Check what answers at the address that was named",
    exit: 9,
  },
};

import type { Codes } from "./mod.ts";

/** Running: secrets, instances, transports, the processor itself. */
export const RUN: Codes = {
  ERR_MISSING_SECRET: {
    meaning: "A required secret is not in the environment",
    cause: "The entry names it under secrets.required, and real runs need it",
    fix: "Export it, or use deno run --env-file=.env",
    exit: 4,
  },
  ERR_NOT_RUNNING: {
    meaning: "No instance of this processor is running",
    cause: "It was not started, or it ended",
    fix: "localctl start --ref REF",
    exit: 6,
  },
  ERR_ENGINE_UNAVAILABLE: {
    meaning: "The engine cannot be used",
    cause:
      "The entry has no handler for the sandbox, or no container engine answers",
    fix: "Choose another --engine, or start the container engine",
    exit: 9,
  },
  ERR_START: {
    meaning: "The instance ended before it was ready",
    cause: "Its handler cannot be loaded; the end of its log was printed",
    fix: "Mend the handler and start again",
    exit: 9,
  },
  ERR_START_TIMEOUT: {
    meaning: "The instance was not ready in time",
    cause: "It takes longer to start than --wait allows",
    fix: "Give a longer --wait",
    exit: 7,
  },
  ERR_TIMEOUT: {
    meaning: "The run took longer than its time limit",
    cause: "runtime.timeout_s of the entry, or --timeout",
    fix: "Give a longer --timeout",
    exit: 7,
  },
  ERR_STOP: {
    meaning: "The instance could not be stopped",
    cause: "It does not answer and may not be killed",
    fix: "End the process whose id was printed",
    exit: 9,
  },
  ERR_PORT: {
    meaning: "The port cannot be used",
    cause: "Another program listens on it",
    fix: "Choose another --port, or none",
    exit: 9,
  },
  ERR_NETWORK: {
    meaning: "The processor cannot be reached",
    cause: "Its instance ended, or the connection was refused or lost",
    fix: "localctl status shows whether it runs; localctl logs why it ended",
    exit: 9,
  },
  ERR_BAD_RESPONSE: {
    meaning:
      "The processor answered with something that is not of its protocol",
    cause: "Not JSON, no final Response, or a frame of another protocol",
    fix: "Check api.protocol of the entry, and the processor",
    exit: 9,
  },
  ERR_UNAUTHORIZED: {
    meaning: "The instance does not accept this caller",
    cause: "Its token is not the one recorded: it was started by somebody else",
    fix: "Stop it and start it again",
    exit: 9,
  },
  ERR_STORE: {
    meaning: "The artifact store or the state folder cannot be used",
    cause: "The disk is full, read-only or damaged",
    fix: "Check the state folder that was named",
    exit: 9,
  },
  ERR_PREEMPTED: {
    meaning: "The run was cancelled",
    cause: "Ctrl-C, or a preempt request",
    fix: "Run it again",
    exit: 1,
  },
  ERR_RUNTIME: {
    meaning: "The processor failed",
    cause: "Its handler threw an error",
    fix: "Read the message; localctl logs shows more",
    exit: 1,
  },
  ERR_HERMETIC: {
    meaning: "The processor tried to leave the sandbox",
    cause:
      "In mock there is no network, environment, program or file outside the run; in real only what the entry declares",
    fix:
      "Do it in real only, and declare hosts in network.allow and names in secrets",
    exit: 1,
  },
  ERR_PROVIDER: {
    meaning: "The provider that the processor calls failed",
    cause: "It refused the request, was not reachable, or broke off its answer",
    fix: "Read the message; try again later when it is a rate limit",
    exit: 1,
  },
  ERR_PROVIDER_RATE_LIMIT: {
    meaning:
      "The provider refuses because of too many requests or an exhausted quota",
    cause: "Rate limits of the account",
    fix: "Wait and try again, or raise the limit",
    exit: 1,
  },
  ERR_PROVIDER_AUTH: {
    meaning: "The provider does not accept the key",
    cause: "The secret is wrong, expired or lacks a right",
    fix: "Check the secret's value",
    exit: 1,
  },
  ERR_VALIDATION: {
    meaning: "The processor refuses its inputs",
    cause: "A rule of the processor that its schema does not express",
    fix: "Read the message",
    exit: 1,
  },
};

import type { Codes } from "./mod.ts";

/** Running: secrets, instances, the processor itself. */
export const RUN: Codes = {
  ERR_MISSING_SECRET: {
    meaning: "A required secret is not in the environment",
    cause:
      "The entry names it under secrets.required, and real runs need it; or Modal has no token",
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
      "The entry has no handler for the sandbox, or no container engine answers, or it refuses",
    fix:
      "Choose another --engine, start Docker or Podman, or name its socket in DOCKER_HOST",
    exit: 9,
  },
  ERR_START: {
    meaning: "The instance ended before it was ready",
    cause:
      "Its handler cannot be loaded, or its container ended; the end of its log was printed",
    fix: "Mend the handler or the image, and start again",
    exit: 9,
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
  ERR_JOURNAL: {
    meaning: "The journal of runs cannot be read or written",
    cause:
      "Another program holds it locked, the disk is full, it may not be written, or a newer theoryctl made it",
    fix:
      "Look at the journal.db that was named; a run that had begun is recorded by the next command",
    exit: 9,
  },
  ERR_PREEMPTED: {
    meaning: "The run was cancelled",
    cause: "Ctrl-C, or a preempt request",
    fix: "Run it again",
    exit: 1,
  },
  ERR_OUT_OF_MEMORY: {
    meaning: "The processor used more memory than its entry allows",
    cause:
      "The runs of the instance together outgrew runtime.memory_gb; all of them ended",
    fix: "Use less, or raise runtime.memory_gb of the entry",
    exit: 1,
  },
  ERR_INSTANCE_DIED: {
    meaning: "The instance ended in the middle of the run",
    cause:
      "Its process was killed or crashed; localctl logs shows its last words",
    fix: "Run it again; a warm instance has to be started again first",
    exit: 9,
  },
  ERR_INSTANCE_ENDING: {
    meaning: "The instance takes no new runs, or ended one that went on",
    cause:
      "It was told to stop, or a handler on it could not be stopped and it is about to end",
    fix: "localctl start --ref REF starts a fresh one",
    exit: 6,
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

import { Failure } from "../../schemas/mod.ts";

/** How a server that did not get ready went. */
export interface StartFacts {
  readonly ref: string;
  /** The port asked for; 0 when any would do. */
  readonly port: number;
  readonly waitMs: number;
  /** Exit code. */
  readonly code: number;
  /** End of what it wrote to standard error, secrets removed. */
  readonly stderr: string;
}

/** The failure to report for a server that did not get ready. */
export function startFailure(
  outcome: "died" | "late" | "interrupted",
  facts: StartFacts,
): Failure {
  const cannot = `Cannot start "${facts.ref}"`;
  const log = lastLines(facts.stderr);
  const options = {
    details: { log },
    ...(log.length === 0 ? {} : { hint: log.join("\n") }),
  };
  if (outcome === "interrupted") {
    return new Failure("ERR_INTERRUPTED", `${cannot}: interrupted`);
  }
  if (outcome === "late") {
    const found = `its server was still loading after ${
      facts.waitMs / 1000
    } s, and did not listen yet`;
    return new Failure("ERR_START_TIMEOUT", `${cannot}: ${found}`, options);
  }
  if (isPortTaken(facts.stderr)) {
    return new Failure("ERR_PORT", `${cannot}: port ${facts.port} is in use`);
  }
  return new Failure("ERR_START", `${cannot}: ${reason(facts)}`, options);
}

function isPortTaken(stderr: string): boolean {
  return /AddrInUse|address already in use/i.test(stderr);
}

function reason({ code, stderr }: StartFacts): string {
  const said = lastLines(stderr).findLast((line) => /^error:/i.test(line)) ??
    lastLines(stderr).at(-1);
  const ended = `its server ended with exit code ${code} before it was ready`;
  return said === undefined ? ended : `${ended}, saying "${said}"`;
}

function lastLines(text: string): readonly string[] {
  return text.split(/\r?\n/).map((line) => line.trim())
    .filter((line) => line !== "").slice(-20);
}

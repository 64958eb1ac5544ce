import { Failure } from "../../schemas/mod.ts";
import { printable } from "../outputs/printable.ts";
import { type Reason, reasonFor } from "./pull_failure.ts";

/** Where a refusal means another thing than for a pull. */
const REASONS: readonly Reason[] = [
  {
    says: /unauthorized|no basic auth credentials|authentication required/i,
    found: "the registry asks for a login",
    hint: "Log in: docker login REGISTRY (podman login REGISTRY)",
  },
  {
    says: /denied|forbidden|insufficient_scope|status code 403/i,
    found: "the registry does not let you push there",
    hint:
      "Log in with an account that may: docker login REGISTRY, or push elsewhere: --to REPOSITORY",
  },
  {
    says: /no such image|tag does not exist|image not known/i,
    found: "the engine does not have it",
    hint: "Build it first: imagectl build",
  },
];

/** The failure of a push, from what the engine said. */
export function pushFailure(target: string, said: string): Failure {
  const reason = REASONS.find(({ says }) => says.test(said)) ??
    reasonFor(said);
  const line = printable(said.replaceAll(/\s+/g, " ").trim());
  return new Failure(
    "ERR_IMAGE_PUSH",
    `Cannot push "${target}": ${reason?.found ?? line.replace(/\.$/, "")}`,
    {
      ...(reason === undefined ? {} : { hint: reason.hint }),
      details: { target, engine: printable(said) },
    },
  );
}

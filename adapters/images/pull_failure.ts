import { Failure } from "../../schemas/mod.ts";
import { printable } from "../outputs/printable.ts";

/** Why an engine did not get an image: how it says so, what that means, and what helps. */
export interface Reason {
  readonly says: RegExp;
  readonly found: string;
  readonly hint: string;
}

/** The first one that matches counts. */
const REASONS: readonly Reason[] = [
  {
    says: /no space left on device|disk quota exceeded/i,
    found: "the disk of the engine is full",
    hint: "Free space: docker image prune (podman image prune)",
  },
  {
    says: /toomanyrequests|too many requests|rate limit|status code 429/i,
    found: "the registry allows no more pulls for now",
    hint: "Wait, or log in: docker login (podman login)",
  },
  {
    says: /cannot overwrite digest/i,
    found: "the engine has it for another platform, and keeps one alone",
    hint: "Remove that one first: docker image rm REFERENCE",
  },
  {
    says:
      /no matching manifest|no image found in (?:manifest list|image index)|does not match the specified platform/i,
    found: "it is not made for this platform",
    hint:
      "Build and push it for the platform, or pin the image of another one: registry pin --platform P",
  },
  {
    says:
      /unauthorized|no basic auth credentials|invalid username|authentication required|status code 401/i,
    found: "the registry asks for a login",
    hint: "Log in: docker login REGISTRY (podman login REGISTRY)",
  },
  {
    says: /denied|forbidden|status code 403/i,
    found: "it does not exist, or the registry asks for a login",
    hint:
      "Check its name; log in if it is private: docker login REGISTRY (podman login REGISTRY)",
  },
  {
    says: /manifest unknown|not found|name unknown|repository does not exist/i,
    found: "the registry does not have it",
    hint: "Push it, or pin one that is there: imagectl push, registry pin",
  },
  {
    says: /no such host|server misbehaving|name resolution/i,
    found: "its registry has a name that nobody knows",
    hint: "Check the name of the registry and the network",
  },
  {
    says: /connection refused/i,
    found: "nothing listens where its registry should be",
    hint: "Check that the registry runs, and its port",
  },
  {
    says: /HTTP response to HTTPS client/i,
    found: "its registry speaks HTTP, and the engine asks for HTTPS",
    hint:
      'Tell the engine that it may: "insecure-registries" in daemon.json (insecure = true in registries.conf for Podman)',
  },
  {
    says: /x509|certificate|tls: /i,
    found: "the engine does not trust the certificate of its registry",
    hint: "Give the engine the certificate of the registry's authority",
  },
  {
    says:
      /i\/o timeout|deadline exceeded|TLS handshake timeout|Client\.Timeout|network is unreachable|no route to host|connection reset/i,
    found: "its registry cannot be reached",
    hint: "Check the network, and the proxy of the engine",
  },
];

/** What an engine means that could not do something with a registry; undefined for what is not known. */
export function reasonFor(said: string): Reason | undefined {
  return REASONS.find(({ says }) => says.test(said));
}

/** The failure for an image that an engine did not get, from what the engine said. */
export function pullFailure(reference: string, said: string): Failure {
  const reason = reasonFor(said);
  return new Failure(
    "ERR_IMAGE_PULL",
    `Cannot pull "${reference}": ${reason?.found ?? sentence(said)}`,
    {
      ...(reason === undefined ? {} : { hint: reason.hint }),
      details: { reference, engine: printable(said) },
    },
  );
}

/** What the engine said, on one line, without the full stop. */
function sentence(said: string): string {
  const line = printable(said).replaceAll(/\s+/g, " ").trim();
  return line.replace(/\.$/, "") || "the engine does not say why";
}

import { succeeds } from "./program_output.ts";

/** What the engines of the tests are made of, and the package of Debian that has it. */
const PROGRAMS: Readonly<Record<string, string>> = {
  dockerd: "docker.io",
  docker: "docker.io",
  podman: "podman",
  debootstrap: "debootstrap",
  "docker-registry": "docker-registry",
  ip: "iproute2",
  iptables: "iptables",
};

/** Why this machine cannot run the tests of containers, one reason a line; empty when it can. */
export async function missing(): Promise<readonly string[]> {
  if (Deno.build.os !== "linux") {
    return [`needs Linux, this is ${Deno.build.os}`];
  }
  const reasons: string[] = [];
  if (Deno.uid() !== 0) {
    reasons.push("needs root: private engines are started for the tests");
  }
  for (const [program, found] of Object.entries(PROGRAMS)) {
    if (await succeeds(["sh", "-c", `command -v ${program}`])) continue;
    reasons.push(`needs ${program} (apt-get install ${found})`);
  }
  return reasons;
}

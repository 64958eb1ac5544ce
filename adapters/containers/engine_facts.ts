import type { EngineFacts } from "./container_spec.ts";
import type { Docker, EngineInfo, EngineVersion } from "./docker_api.ts";

/** What an engine can do, as it says. */
export async function engineFacts(
  docker: Pick<Docker, "info" | "version">,
): Promise<EngineFacts> {
  const [info, version] = await Promise.all([docker.info(), docker.version()]);
  return {
    cpus: info.NCPU ?? 1,
    users: usersOf(info, version),
    selinux: hasOption(info, "selinux"),
    // Whether it is there shows when it is used.
    init: true,
  };
}

/** In rootless Docker root is the user who started it; Podman maps users as it is told. */
function usersOf(
  info: EngineInfo,
  { Components }: EngineVersion,
): EngineFacts["users"] {
  if (info.Rootless !== true && !hasOption(info, "rootless")) return "same";
  return Components?.some(({ Name }) => Name.startsWith("Podman"))
    ? "keep-id"
    : "root";
}

function hasOption({ SecurityOptions }: EngineInfo, name: string): boolean {
  return SecurityOptions?.some((each) => each.startsWith(`name=${name}`)) ??
    false;
}

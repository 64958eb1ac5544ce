import type { Container } from "./docker_api.ts";
import { demultiplexed } from "./demultiplex.ts";

/** The last lines that a container wrote, on both streams. */
export async function lastWords(
  container: Pick<Container, "logs">,
  tail = 20,
): Promise<readonly string[]> {
  const options = { stdout: true, stderr: true, follow: false, tail } as const;
  const bytes = await container.logs(options);
  const lines = await Array.fromAsync(demultiplexed([bytes]));
  return lines.slice(-tail);
}

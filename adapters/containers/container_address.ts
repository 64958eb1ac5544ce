import type { Entry } from "../../schemas/mod.ts";
import { Failure } from "../../schemas/mod.ts";
import { innerPort, portName } from "./container_spec.ts";
import type { Container } from "./docker_api.ts";

/** Where a container is reached. */
export interface ContainerAddress {
  readonly port: number;
  readonly url: string;
}

/** By the port that its engine took on this machine or, in a network of its own, at its own address there. */
export async function addressOf(
  container: Container,
  { entry, hermetic }: {
    readonly entry: Pick<Entry, "image" | "ref">;
    readonly hermetic: boolean;
  },
): Promise<ContainerAddress> {
  const { NetworkSettings } = await container.inspect();
  const published = NetworkSettings.Ports?.[portName(entry)]?.[0]?.HostPort;
  const [network] = Object.values(NetworkSettings.Networks ?? {});
  const hostname = hermetic ? network?.IPAddress : "127.0.0.1";
  const port = hermetic ? innerPort(entry) : Number(published);
  if (hostname && port > 0) return { port, url: `http://${hostname}:${port}` };
  throw new Failure(
    "ERR_START",
    `Cannot start "${entry.ref}": the engine gave its container no address (it ended, or its network is missing)`,
  );
}

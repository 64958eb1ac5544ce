import { HOUSE, type HouseFile } from "./house.ts";

/** An engine as a test gets it. */
export interface TestEngine {
  readonly name: "docker" | "podman";
  /** `unix://…`, as `DOCKER_HOST` has it. */
  readonly address: string;
  /** The path of its socket. */
  readonly socket: string;
  /** The start of a command line of the engine's own client. */
  readonly client: readonly string[];
  /** Host and port of an open registry that speaks plain HTTP on loopback. */
  readonly registry: string;
  /** The like of it that asks for `ACCOUNT` of `registries.ts`. */
  readonly privateRegistry: string;
  /** What makes a command use this engine and no other. */
  readonly env: Readonly<Record<string, string>>;
}

/** Registers one test for each engine of the house. */
export function eachEngine(
  name: string,
  body: (engine: TestEngine) => Promise<void> | void,
): void {
  for (const engine of engines()) {
    Deno.test(`${name} on ${engine.name}`, () => body(engine));
  }
}

/** Those of the house that runs. Throws outside `deno task test:containers`. */
export function engines(): readonly TestEngine[] {
  const file = Deno.env.get(HOUSE);
  if (file === undefined) {
    throw new Error("Run these tests by: deno task test:containers");
  }
  const house: HouseFile = JSON.parse(Deno.readTextFileSync(file));
  return house.engines.map(({ name, address, client }) => ({
    name,
    address,
    socket: address.slice("unix://".length),
    client,
    registry: house.registry,
    privateRegistry: house.privateRegistry,
    env: { [name === "docker" ? "DOCKER_HOST" : "CONTAINER_HOST"]: address },
  }));
}

import { join } from "node:path";
import { importBaseImages, rootFileSystem } from "./base_images.ts";
import { startDocker, startPodman } from "./engines.ts";
import { programOutput } from "./program_output.ts";
import { startRegistry } from "./registries.ts";
import { HOUSES, own, PREFIX, removeHouse, sweepHouses } from "./sweep.ts";

/** The variable that tells a test where the file of the house is. */
export const HOUSE = "THEORY_TEST_HOUSE";

/** What a test is told of the house. */
export interface HouseFile {
  readonly engines: readonly {
    readonly name: "docker" | "podman";
    readonly address: string;
    readonly client: readonly string[];
  }[];
  readonly registry: string;
  readonly privateRegistry: string;
}

/** Engines and registries that run for the tests, with the base images in the engines. */
export interface House extends AsyncDisposable {
  /** Where a `HouseFile` is. */
  readonly file: string;
}

/** Opens a house. What it made before it failed, or was interrupted, is removed. */
export async function openHouse(
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<House> {
  await sweepHouses();
  await using made = new AsyncDisposableStack();
  const folder = await houseFolder(made);
  const archive = rootFileSystem(folder);
  archive.catch(() => {});
  say("Starting engines and registries");
  const registries = [
    made.use(await startRegistry(folder, "open")),
    made.use(await startRegistry(folder, "private")),
  ].map(({ host }) => host);
  const options = { folder, number: await freeNumber(), registries };
  const engines = [
    made.use(await startDocker(options)),
    made.use(await startPodman(options)),
  ];
  say("Making a root file system");
  const image = await archive;
  signal.throwIfAborted();
  say("Importing base images");
  await Promise.all(
    engines.map(({ client }) => importBaseImages(client, image)),
  );
  await Deno.remove(image);
  const file = join(folder, "house.json");
  const [registry = "", privateRegistry = ""] = registries;
  const told: HouseFile = {
    engines: engines.map(({ name, address, client }) => ({
      name,
      address,
      client,
    })),
    registry,
    privateRegistry,
  };
  await Deno.writeTextFile(file, JSON.stringify(told));
  const kept = made.move();
  return { file, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

/** A folder with a short name, which goes last. */
async function houseFolder(made: AsyncDisposableStack): Promise<string> {
  const folder = await Deno.makeTempDir({ dir: HOUSES, prefix: PREFIX });
  made.defer(() => removeHouse(folder));
  await own(folder);
  return folder;
}

/** One that no other house on this machine has. */
export async function freeNumber(): Promise<number> {
  const links = await programOutput(["ip", "-brief", "link"]);
  const taken = new Set(
    [...links.matchAll(/^th[dp](\d+)/gm)].map(([, number]) => Number(number)),
  );
  const free = Array.from({ length: 250 }, (_, index) => index + 1)
    .filter((number) => !taken.has(number));
  return free[Math.floor(Math.random() * free.length)] ?? 1;
}

import { join } from "node:path";
import { programOutput, succeeds } from "./program_output.ts";

/** Where houses are: short, since paths of sockets have at most 107 bytes. */
export const HOUSES = "/tmp";
/** How the folder of a house begins. */
export const PREFIX = "th";

const FOLDER = /^th[0-9a-f]{16}$/;
const OWNER = "owner";
/** Milliseconds that Docker has to end its containers. */
const PATIENCE = 30_000;

/** Says whose a house is, so that it is known for left behind when its process is gone. */
export async function own(folder: string): Promise<void> {
  await Deno.writeTextFile(join(folder, OWNER), `${Deno.pid}`);
}

/** Ends the houses whose processes were killed. */
export async function sweepHouses(): Promise<void> {
  for await (const { name, isDirectory } of Deno.readDir(HOUSES)) {
    const folder = join(HOUSES, name);
    if (isDirectory && FOLDER.test(name) && await isLeft(folder)) {
      await endProcesses(folder);
      await removeBridges(folder);
      await removeHouse(folder);
    }
  }
}

/** Removes the folder of a house, with what is still mounted in it. */
export async function removeHouse(folder: string): Promise<void> {
  const mounts = (await Deno.readTextFile("/proc/self/mounts")).split("\n")
    .map((line) => line.split(" ")[1] ?? "")
    .filter((place) => place.startsWith(`${folder}/`));
  for (const place of mounts.reverse()) {
    await programOutput(["umount", "--lazy", place]);
  }
  await Deno.remove(folder, { recursive: true });
}

async function isLeft(folder: string): Promise<boolean> {
  const owner = await textOf(join(folder, OWNER));
  if (owner === undefined) return false;
  const line = await textOf(`/proc/${owner}/cmdline`);
  return line === undefined || !line.includes("containers/run.ts");
}

/** Docker ends its containers itself; what then is left of them belongs to processes that name the folder. */
async function endProcesses(folder: string): Promise<void> {
  await signal(folder, ["dockerd"], "SIGTERM");
  const last = Date.now() + PATIENCE;
  while (Date.now() < last && (await pidsOf(folder, ["dockerd"])).length > 0) {
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const podman = [`--root=${folder}/podman`, `--runroot=${folder}/run`];
  await succeeds([
    ...["podman", ...podman, `--tmpdir=${folder}/tmp`],
    ...["rm", "--all", "--force", "--time=0"],
  ]);
  await signal(folder, [""], "SIGKILL");
}

async function signal(
  folder: string,
  programs: readonly string[],
  name: Deno.Signal,
): Promise<void> {
  for (const pid of await pidsOf(folder, programs)) {
    try {
      Deno.kill(pid, name);
    } catch {
      // It has ended meanwhile.
    }
  }
}

/** The processes whose command line begins so and names something in the folder. */
async function pidsOf(
  folder: string,
  programs: readonly string[],
): Promise<readonly number[]> {
  const pids: number[] = [];
  for await (const { name } of Deno.readDir("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const line = await textOf(`/proc/${name}/cmdline`) ?? "";
    const named = programs.some((program) => line.startsWith(program));
    if (named && line.includes(`${folder}/`)) pids.push(Number(name));
  }
  return pids;
}

/** Those that the engines of a house were told to use. */
async function removeBridges(folder: string): Promise<void> {
  const network = await textOf(join(folder, "networks", "podman.json")) ?? "";
  const number = /"network_interface":"thp(\d+)"/.exec(network)?.[1];
  if (number === undefined) return;
  for (const bridge of [`thd${number}`, `thp${number}`]) {
    await succeeds(["ip", "link", "delete", bridge]);
  }
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(file);
  } catch {
    return undefined;
  }
}

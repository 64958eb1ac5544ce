import { resolve } from "../schemas/file_path.ts";
import { union } from "./permission_sets.ts";
import {
  enginePermissions,
  type Places,
  registryDirs,
  stateDirOf,
} from "./touches.ts";
import type { Permissions, World } from "./world.ts";

/**
 * What the containers that are recorded take: their engine, and where those are that are in networks of their own.
 * Every run waits for this, so that it loads nothing: the records are read by those who use them.
 */
export async function recordedContainers(
  places: Places,
  world: World,
): Promise<Permissions | undefined> {
  const stateDir = resolve(world.cwd, stateDirOf(places, world));
  const read = { name: "read", value: stateDir } as const;
  if (!await world.permissions.granted(read)) return undefined;
  const found = namesIn(`${stateDir}/instances`).flatMap((name) => {
    // Something that was being made when a command was killed.
    if (name.endsWith(".pending")) return [""];
    return name.endsWith(".json")
      ? recordIn(`${stateDir}/instances/${name}`)
      : [];
  });
  if (found.length === 0) return undefined;
  const net = found.filter((host) => host !== "");
  return union(enginePermissions(world), { net });
}

/** Where a recorded container is reached, when that is not 127.0.0.1; nothing for what is no container. */
function recordIn(path: string): readonly string[] {
  const text = textOf(path) ?? "";
  if (!text.includes('"container":{')) return [];
  const [, host = ""] = /"url":"http:\/\/([^"/]+)"/.exec(text) ?? [];
  return [host.startsWith("127.0.0.1:") ? "" : host];
}

/** Whether the entry of a ref may be of a processor that is run as a program; shipped ones are not. */
export function mayBeProgram(
  places: Places,
  ref: string | undefined,
  world: World,
): boolean {
  if (ref === undefined) return false;
  const place = `${ref.replace("@", "/")}/registry.yaml`;
  return registryDirs(places, world).some((root) =>
    /\bprotocol["']?\s*:\s*["']?file\b/.test(
      textOf(resolve(world.cwd, `${root}/${place}`)) ?? "",
    )
  );
}

function namesIn(dir: string): readonly string[] {
  try {
    return [...Deno.readDirSync(dir)].map(({ name }) => name);
  } catch {
    return [];
  }
}

/** What cannot be read now is met by the command itself, which says so. */
function textOf(path: string): string | undefined {
  try {
    return Deno.readTextFileSync(path);
  } catch {
    return undefined;
  }
}

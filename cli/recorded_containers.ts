import { resolve } from "../schemas/file_path.ts";
import { engineNeeds } from "./engine_socket.ts";
import { grantedText, textOf } from "./granted_text.ts";
import { grantedOf, union } from "./permission_sets.ts";
import {
  enginePermissions,
  type Places,
  registryDirs,
  stateDirOf,
} from "./touches.ts";
import type { Permissions, World } from "./world.ts";

interface Asked extends Places {
  readonly ref?: string | undefined;
}

/**
 * What the containers that are recorded take: their engine, and where those are that are in networks of their own. That
 * of a ref is needed; for others the engine is used if it is granted. Every run waits for this, so that it loads nothing:
 * the records are read by those who use them.
 */
export async function recordedContainers(
  asked: Asked,
  world: World,
): Promise<Permissions | undefined> {
  const stateDir = resolve(world.cwd, stateDirOf(asked, world));
  const read = { name: "read", value: stateDir } as const;
  if (!await world.permissions.granted(read)) return undefined;
  const names = namesIn(`${stateDir}/instances`);
  const stem = asked.ref?.replaceAll("/", "~");
  const found = names
    .filter((name) => stem === undefined || isOf(stem, name))
    .flatMap((name) => foundIn(`${stateDir}/instances/${name}`));
  const net = found.filter((host) => host !== "");
  if (stem !== undefined && found.length > 0) {
    return union(await engineNeeds(world), { net });
  }
  if (found.length === 0 && !names.some(isPending)) return undefined;
  return union(await grantedOf(enginePermissions(world), world), { net });
}

function isOf(stem: string, name: string): boolean {
  return name === `${stem}.json` || name === `${stem}.pending`;
}

/** Tells of something that was being made when a command was killed. */
function isPending(name: string): boolean {
  return name.endsWith(".pending");
}

/** Where a recorded container is reached, when that is not 127.0.0.1; nothing for what is no container. */
function foundIn(path: string): readonly string[] {
  if (isPending(path)) return [""];
  const text = path.endsWith(".json") ? textOf(path) ?? "" : "";
  if (!text.includes('"container":{')) return [];
  const [, host = ""] = /"url":"http:\/\/([^"/]+)"/.exec(text) ?? [];
  return [host.startsWith("127.0.0.1:") ? "" : host];
}

interface Documents {
  readonly ref?: string | undefined;
  readonly inputsJson?: string | undefined;
  readonly inputsFile?: string | undefined;
}

/** The processor of a run, as its line says or, in the usual way, its document, or the settings of that. */
export async function namedRef(
  { ref, inputsJson, inputsFile }: Documents,
  world: World,
): Promise<string | undefined> {
  if (ref !== undefined) return ref;
  const text = inputsJson ?? await grantedText(inputsFile, world) ?? "";
  const named = /(?:^|[{,])\s*["']?\$processor["']?\s*:\s*["']?([^\s"',}]+)/m;
  const rule = inputsFile === undefined
    ? undefined
    : world.settings?.rule(inputsFile);
  return named.exec(text)?.[1] ?? rule?.processor.ref;
}

/** Whether the entry of a ref, or any where it is unknown, may be of a processor run as a program; shipped ones are not. */
export function mayBeProgram(
  places: Places,
  ref: string | undefined,
  world: World,
): boolean {
  return registryDirs(places, world).some((dir) => {
    const root = resolve(world.cwd, dir);
    const found = ref === undefined ? below(root, 3) : [
      `${root}/${ref.replace("@", "/")}`,
    ];
    return found.some((each) =>
      /\bprotocol["']?\s*:\s*["']?file\b/.test(
        textOf(`${each}/registry.yaml`) ?? "",
      )
    );
  });
}

/** What is so many folders below one. */
function below(dir: string, depth: number): readonly string[] {
  return depth === 0
    ? [dir]
    : namesIn(dir).flatMap((name) => below(`${dir}/${name}`, depth - 1));
}

function namesIn(dir: string): readonly string[] {
  try {
    return [...Deno.readDirSync(dir)].map(({ name }) => name);
  } catch {
    return [];
  }
}

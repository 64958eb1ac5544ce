import type { WorldPath } from "../../schemas/mod.ts";
import {
  escapeForWorldPath,
  Failure,
  isObject,
  nameInside,
  parseWorldPath,
  resolve,
} from "../../schemas/mod.ts";
import type { Said } from "../ports.ts";
import type { RunFile } from "./run_files.ts";
import { printable } from "./printable.ts";

/**
 * Holds a processor that lists the paths of its outputs to it: each is a world path, named once, with a file. Lists
 * come from processors that wrote files; one that has uploaded them says so by another scheme, and is not asked.
 */
export function requireSaid(
  { outputs }: Said,
  { found, artifacts }: {
    readonly found: readonly RunFile[];
    /** The folder that the processor sees as `/artifacts/`. */
    readonly artifacts: string;
  },
): void {
  if (!Array.isArray(outputs)) return;
  const there = new Set(found.map(({ place }) => worldOf(place, artifacts)));
  const seen = new Set<string>();
  for (const each of outputs) {
    const said = isObject(each) ? each["path"] : undefined;
    if (typeof said !== "string") {
      throw new Failure(
        "ERR_BAD_RESPONSE",
        "Cannot read the answer of the processor: it lists an output without a path",
      );
    }
    const path = pathOf(said);
    if (seen.has(path)) throw twice(path);
    seen.add(path);
    if (!said.startsWith(UPLOADED) && !there.has(path)) throw missing(path);
  }
}

const UPLOADED = "world://";

/** `local://R1/…` and `world://…` are other words for what is below `/artifacts/`. */
function pathOf(said: string): WorldPath {
  const result = parseWorldPath(
    said.replace(/^(?:local|world):\/\//, "/artifacts/"),
  );
  if (result.ok) return result.path;
  const { code, message } = result.problem;
  throw new Failure(code, printable(message));
}

/** What a processor calls a file of this machine; undefined when that is no world path. */
function worldOf(place: string, artifacts: string): WorldPath | undefined {
  const name = nameInside(place, resolve(artifacts, "."));
  if (name === undefined) return undefined;
  const result = parseWorldPath(escapeForWorldPath(`/artifacts/${name}`));
  return result.ok ? result.path : undefined;
}

function missing(path: WorldPath): Failure {
  return new Failure(
    "ERR_OUTPUT_MISSING",
    `Cannot find output "${path}": the processor says that it wrote it, but there is no such file below its write prefix`,
  );
}

function twice(path: WorldPath): Failure {
  return new Failure(
    "ERR_OUTPUT_DUPLICATE",
    `Cannot collect output "${path}": the processor lists it twice`,
  );
}

import { isObject, join } from "../../schemas/mod.ts";
import { readJsonFile } from "../json_file.ts";
import type { Instance } from "../ports.ts";
import { instancesDir } from "./place.ts";

/** What the state folder keeps of an instance. */
export type InstanceRecord = Omit<Instance, "alreadyRunning">;

/** The record of an instance of the engine `sandbox`. */
export interface SandboxRecord extends InstanceRecord {
  readonly engine: "sandbox";
  readonly pid: number;
}

/** Whether a record is of an instance of the engine `sandbox`. */
export function isSandboxRecord(
  record: InstanceRecord | undefined,
): record is SandboxRecord {
  return record?.engine === "sandbox" && record.pid !== undefined;
}

/** Reads a record, of whatever engine; undefined when there is none or it cannot be understood. */
export function readRecord(path: string): InstanceRecord | undefined {
  const value = readJsonFile(path);
  // Records of before there was another layout do not name it.
  return isRecord(value)
    ? { ...value, layout: value.layout ?? "per-run" }
    : undefined;
}

/** Writes a record in one step, readable by the user alone: the token is in it. */
export async function writeRecord(
  path: string,
  record: InstanceRecord,
): Promise<void> {
  const temporary = `${path}.new`;
  await Deno.writeTextFile(temporary, JSON.stringify(record), { mode: 0o600 });
  await Deno.rename(temporary, path);
}

/** Every record of a state folder, in order of ref. */
export async function listRecords(
  stateDir: string,
): Promise<readonly InstanceRecord[]> {
  const dir = instancesDir(stateDir);
  const records: InstanceRecord[] = [];
  for (const name of await fileNames(dir)) {
    if (!name.endsWith(".json")) continue;
    const record = readRecord(join(dir, name));
    if (record !== undefined) records.push(record);
  }
  return records.sort((a, b) => (a.ref < b.ref ? -1 : 1));
}

async function fileNames(dir: string): Promise<readonly string[]> {
  try {
    const names = await Array.fromAsync(Deno.readDir(dir), ({ name }) => name);
    return names;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

/** A record as it may be on disk. */
type ReadRecord =
  & Omit<InstanceRecord, "layout">
  & Partial<Pick<InstanceRecord, "layout">>;

function isRecord(value: unknown): value is ReadRecord {
  return isObject(value) && Array.isArray(value["secrets"]) &&
    Number.isInteger(value["port"]) &&
    (Number.isInteger(value["pid"]) || isObject(value["container"])) &&
    ["ref", "url", "token", "startedAt", "digest", "runsDir"].every((key) =>
      typeof value[key] === "string"
    );
}

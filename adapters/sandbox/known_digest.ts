import type { Cid } from "../../schemas/mod.ts";
import { isCid, isObject } from "../../schemas/mod.ts";
import { readJsonFile } from "../json_file.ts";
import { type Look, lookOf, processorDigest } from "./digest.ts";

/** Milliseconds after which two changes of a file have two times on any system: Deno tells that of a change in whole seconds. */
const SETTLED = 2000;

/**
 * Does `processorDigest`, and remembers in a file what it was and how the folder looked, so that most runs read none of its
 * files. One that was changed just now is read again the next time: a further change may leave all its times alike.
 */
export async function knownDigest(
  dir: string,
  { memory, now }: { readonly memory: string; readonly now: () => Date },
): Promise<Cid> {
  const look = lookOf(dir);
  const known = read(memory);
  if (known?.dir === dir && known.look === look.text) return known.digest;
  const digest = await processorDigest(dir);
  if (isSettled(look, now())) {
    write(memory, { dir, look: look.text, digest });
  }
  return digest;
}

interface Known {
  readonly dir: string;
  readonly look: string;
  readonly digest: Cid;
}

function isSettled({ changedMs }: Look, now: Date): boolean {
  return now.getTime() - changedMs > SETTLED;
}

function read(path: string): Known | undefined {
  const value = readJsonFile(path);
  return isKnown(value) ? value : undefined;
}

function isKnown(value: unknown): value is Known & Record<string, unknown> {
  return isObject(value) && typeof value["dir"] === "string" &&
    typeof value["look"] === "string" &&
    typeof value["digest"] === "string" && isCid(value["digest"]);
}

/** What is read while it is written is no JSON, and read anew. */
function write(path: string, known: Known): void {
  Deno.writeTextFileSync(path, JSON.stringify(known), { mode: 0o600 });
}

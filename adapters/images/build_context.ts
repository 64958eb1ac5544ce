import { Failure, join, nameInside } from "../../schemas/mod.ts";
import { FileChanged, openPlainFile } from "../plain_file.ts";
import { type Ignored, ignored } from "./ignored.ts";
import type { TarEntry } from "./tar.ts";

/** What is sent to an engine to build an image of. */
export interface BuildContext {
  /** Absolute. */
  readonly folder: string;
  /** Absolute; may be outside of the folder. */
  readonly dockerfile: string;
}

/** The entries of a context, and the name of the Dockerfile among them. */
export interface ContextEntries {
  readonly dockerfile: string;
  readonly entries: AsyncIterable<TarEntry>;
}

/** How a Dockerfile is called that lies outside of the context. */
const OUTSIDE = ".theory.Dockerfile";
const IGNORE = ".dockerignore";
const READABLE = 0o644;

/**
 * Looks through a context in the order of names; what its `.dockerignore` says is left out, but for the Dockerfile. A
 * `Dockerfile.dockerignore` beside the Dockerfile counts in place of it. Throws `ERR_IMAGE_BUILD` for what is not there.
 */
export async function contextEntries(
  { folder, dockerfile }: BuildContext,
): Promise<ContextEntries> {
  await require("Dockerfile", dockerfile);
  await require("context", folder);
  const rules = ignored(
    await textOf(`${dockerfile}${IGNORE}`) ??
      await textOf(join(folder, IGNORE)) ?? "",
  );
  const inside = nameInside(dockerfile, folder);
  const kept = [IGNORE, ...(inside === undefined ? [] : [inside])];
  return {
    dockerfile: inside ?? OUTSIDE,
    entries: all({ folder, rules, kept }, inside === undefined && dockerfile),
  };
}

interface Walked {
  readonly folder: string;
  readonly rules: Ignored;
  /** Sent even if they are ignored: the engine reads them itself. */
  readonly kept: readonly string[];
}

async function* all(
  walked: Walked,
  outside: string | false,
): AsyncGenerator<TarEntry> {
  if (outside !== false) {
    yield fileEntry(outside, {
      path: OUTSIDE,
      state: await Deno.stat(outside),
    });
  }
  yield* walk(walked, "");
}

async function* walk(
  walked: Walked,
  prefix: string,
): AsyncGenerator<TarEntry> {
  const { folder, rules, kept } = walked;
  const found = await Array.fromAsync(Deno.readDir(join(folder, prefix)));
  const names = found.map(({ name }) => name).sort();
  for (const path of names.map((name) => `${prefix}${name}`)) {
    const place = join(folder, path);
    const state = await Deno.lstat(place);
    const has = !rules.has(path) || kept.includes(path);
    if (has) yield* entryOf(place, { path, state });
    const skip = rules.wholly(path) &&
      !kept.some((each) => each.startsWith(`${path}/`));
    if (state.isDirectory && !skip) yield* walk(walked, `${path}/`);
  }
}

interface Found {
  /** In the archive. */
  readonly path: string;
  readonly state: Deno.FileInfo;
}

/** Pipes, sockets and devices are nothing that an image can have. */
async function* entryOf(
  place: string,
  found: Found,
): AsyncGenerator<TarEntry> {
  const { state } = found;
  if (state.isDirectory) yield { kind: "folder", ...placeOf(found) };
  if (state.isFile) yield fileEntry(place, found);
  if (!state.isSymlink) return;
  const target = await Deno.readLink(place);
  yield { kind: "link", target, ...placeOf(found) };
}

function fileEntry(place: string, found: Found): TarEntry {
  const { size } = found.state;
  const content = () => bytesOf(place, size);
  return { kind: "file", size, content, ...placeOf(found) };
}

function placeOf({ path, state: { mode, mtime } }: Found) {
  return { path, mode: mode ?? READABLE, modified: mtime ?? new Date(0) };
}

/** Pieces of their own, since they are kept until the engine has taken them. */
async function* bytesOf(
  place: string,
  size: number,
): AsyncGenerator<Uint8Array> {
  await using file = await openPlainFile(place, { followLinks: true });
  if (file.state.size !== size) throw new FileChanged();
  for await (const piece of file.content()) yield piece.slice();
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(file);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

async function require(
  what: "Dockerfile" | "context",
  place: string,
): Promise<void> {
  const wanted = what === "context" ? "folder" : "file";
  try {
    const { isFile, isDirectory } = await Deno.stat(place);
    if (wanted === "file" ? isFile : isDirectory) return;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw unusable(`it is not there`, { what, place });
  }
  throw unusable(`it is no ${wanted}`, { what, place });
}

function unusable(
  found: string,
  { what, place }: { readonly what: string; readonly place: string },
): Failure {
  return new Failure(
    "ERR_IMAGE_BUILD",
    `Cannot use the ${what} "${place}": ${found}`,
    { hint: "Check build in the registry.yaml; its paths are relative to it" },
  );
}

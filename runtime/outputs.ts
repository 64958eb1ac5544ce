import { Failure, mimeOf, underPrefix } from "./schemas.ts";
import type { DeclaredOutput, WritePrefix } from "./schemas.ts";
import type { Assignment, WrittenOutput } from "./messages.ts";

/** What a handler may write as the content of an output. */
export type OutputContent = string | Uint8Array | ReadableStream<Uint8Array>;

/** The outputs of one run, written below its folder. */
export interface Outputs {
  write(path: string, content: OutputContent): Promise<void>;
  /** What was written, after checking that nothing required is missing. Throws `ERR_OUTPUT_MISSING`. */
  finish(): readonly WrittenOutput[];
}

type Place = Pick<Assignment, "writePrefix" | "runDir" | "outputs">;

/** Opens the outputs of a run. Needs write access to its folder. */
export function openOutputs(place: Place): Outputs {
  const written = new Map<string, WrittenOutput>();
  return {
    async write(path, content) {
      const output = placeOutput(path, place);
      refuseSecond(output.path, written);
      written.set(output.path, output);
      try {
        await writeFile(fileOf(output.path, place.runDir), content);
      } catch (error) {
        written.delete(output.path);
        throw error;
      }
    },
    finish() {
      refuseMissing(place.outputs, [...written.values()]);
      return [...written.values()];
    },
  };
}

/** The file of a world path below `/artifacts/`, in a run's folder. */
export function fileOf(worldPath: string, runDir: string): string {
  return `${runDir}/${worldPath.slice("/artifacts/".length)}`;
}

function placeOutput(name: string, place: Place): WrittenOutput {
  const prefix = place.writePrefix as WritePrefix;
  const placed = underPrefix(prefix, name);
  if (!placed.ok) {
    throw new Failure(placed.problem.code, placed.problem.message);
  }
  const relative = placed.path.slice(prefix.length);
  const declared = place.outputs.find((each) => covers(each, relative));
  if (declared === undefined) throw undeclared(name, place.outputs);
  const inFolder = declared.path.endsWith("/");
  const mime = inFolder ? mimeOf(relative) : declared.mime;
  return { name: declared.name, path: placed.path, mime, inFolder };
}

function covers(declared: DeclaredOutput, relative: string): boolean {
  if (!declared.path.endsWith("/")) return declared.path === relative;
  return relative.startsWith(declared.path) && !relative.endsWith("/");
}

function undeclared(name: string, outputs: readonly DeclaredOutput[]): Failure {
  const known = outputs.map((each) => each.path).join(", ") || "none";
  return new Failure(
    "ERR_OUTPUT_UNDECLARED",
    `Cannot write output "${name}": the entry declares ${known}`,
  );
}

function refuseSecond(path: string, written: ReadonlyMap<string, unknown>) {
  for (const other of written.keys()) {
    if (other === path) throw duplicate(path, "it was written before");
    if (other.startsWith(`${path}/`) || path.startsWith(`${other}/`)) {
      throw duplicate(path, `"${other}" was written before`);
    }
  }
}

function duplicate(path: string, found: string): Failure {
  return new Failure(
    "ERR_OUTPUT_DUPLICATE",
    `Cannot write output "${path}": ${found}`,
  );
}

function refuseMissing(
  declared: readonly DeclaredOutput[],
  written: readonly WrittenOutput[],
) {
  const names = new Set(written.map((each) => each.name));
  const missing = declared.find((each) =>
    each.required && !names.has(each.name)
  );
  if (missing === undefined) return;
  throw new Failure(
    "ERR_OUTPUT_MISSING",
    `Cannot finish the run: required output "${missing.path}" was not written`,
  );
}

/** Bytes that are written sooner than another thread is asked to. */
const SMALL = 64 * 1024;

async function writeFile(file: string, content: OutputContent): Promise<void> {
  Deno.mkdirSync(file.slice(0, file.lastIndexOf("/")), { recursive: true });
  const options = { createNew: true, mode: 0o600 };
  const bytes = typeof content === "string"
    ? new TextEncoder().encode(content)
    : content;
  try {
    if (bytes instanceof Uint8Array && bytes.length <= SMALL) {
      Deno.writeFileSync(file, bytes, options);
    } else await Deno.writeFile(file, bytes, options);
  } catch (error) {
    // What was there before is not ours.
    if (!(error instanceof Deno.errors.AlreadyExists)) {
      await Deno.remove(file).catch(() => {});
    }
    throw error;
  }
}

import { checkEntry, decodeSource } from "../schemas/checker.ts";
import { isAbsent } from "./absent.ts";
import { bytesOf } from "./entry_bytes.ts";
import type { ReadEntry } from "./loaded_entry.ts";
import { refOfPlace } from "./places.ts";
import type { RegistryRoot } from "./roots.ts";

/**
 * Reads and checks the document at a place below a root; undefined when there is none. Throws
 * `ERR_REGISTRY_ENTRY` when it is there and cannot be read. Needs read permission for the root.
 * `trustSchemas` as in `EntryCheckOptions`.
 */
export function readEntry(
  root: RegistryRoot,
  place: string,
  { trustSchemas = false }: { readonly trustSchemas?: boolean } = {},
): ReadEntry | undefined {
  const file = `${root.dir}/${place}`;
  const bytes = bytesOf(file);
  if (bytes === undefined) return undefined;
  const dir = file.slice(0, file.lastIndexOf("/"));
  const { source, problems } = decodeSource(bytes, file, "yaml");
  const expectedRef = refOfPlace(place);
  const undecodable = problems.some((each) => each.severity === "error");
  const { diagnostics, entry } = undecodable
    ? { diagnostics: [], entry: undefined }
    : checkEntry(source, {
      ...(expectedRef === undefined ? {} : { expectedRef }),
      trustSchemas,
      fileExists: (relative) => isFile(`${dir}/${relative}`),
    });
  return {
    ref: expectedRef ?? entry?.ref ?? place,
    dir,
    file,
    root,
    source,
    diagnostics: [...problems, ...diagnostics],
    ...(entry === undefined ? {} : { entry }),
  };
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch (cause) {
    if (isAbsent(cause)) return false;
    throw cause;
  }
}

import { checkEntry, decodeSource } from "../schemas/checker.ts";
import { Failure } from "./schemas.ts";
import type { Entry } from "./schemas.ts";

/** Reads the `registry.yaml` in a folder of the image. Throws `ERR_REGISTRY_ENTRY`. Needs read permission for it. */
export async function bakedEntry(dir: string): Promise<Entry> {
  const file = `${dir}/registry.yaml`;
  const { source, problems } = decodeSource(
    await Deno.readFile(file),
    file,
    "yaml",
  );
  // Whether its schemas are schemas was checked before an image was built of it.
  const checked = checkEntry(source, { trustSchemas: true });
  const wrong = [...problems, ...checked.diagnostics]
    .find(({ severity }) => severity === "error");
  if (wrong === undefined && checked.entry !== undefined) return checked.entry;
  throw new Failure(
    "ERR_REGISTRY_ENTRY",
    `Cannot serve "${file}": ${wrong?.message ?? "it is no entry"}`,
  );
}

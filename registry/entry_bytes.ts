import { Failure } from "../schemas/mod.ts";
import { isAbsent } from "./absent.ts";

/** The bytes of an entry's document; undefined when there is none. Throws `ERR_REGISTRY_ENTRY` when it cannot be read. */
export function bytesOf(file: string): Uint8Array | undefined {
  try {
    return Deno.readFileSync(file);
  } catch (cause) {
    if (isAbsent(cause)) return undefined;
    if (cause instanceof Deno.errors.NotCapable) throw cause;
    const found = cause instanceof Error ? cause.message : "it is unreadable";
    throw new Failure("ERR_REGISTRY_ENTRY", `Cannot read "${file}": ${found}`, {
      cause,
    });
  }
}

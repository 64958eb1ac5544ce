import { Failure } from "../../schemas/mod.ts";
import { FileChanged, NotPlain } from "../plain_file.ts";
import { isSystemError } from "../system_error.ts";

/** Why an attached file could not be read, as a failure with its code; other errors stay as they are. */
export function attachFailure(declared: string, error: unknown): unknown {
  const [code, found] = reasonOf(error);
  if (code === undefined) return error;
  return new Failure(code, `Cannot attach "${declared}": ${found}`, {
    cause: error,
  });
}

function reasonOf(error: unknown): readonly [code?: string, found?: string] {
  if (error instanceof FileChanged) {
    return ["ERR_ATTACH_UNREADABLE", "it was changed while it was read"];
  }
  if (error instanceof NotPlain) {
    return error.isFolder
      ? ["ERR_ATTACH_DIRECTORY", "it is a folder"]
      : ["ERR_ATTACH_UNREADABLE", "it is no regular file"];
  }
  if (!isSystemError(error)) return [];
  // Deno gives what is below /proc and the like to nobody who has less than everything.
  if (/^Requires all access/.test(error.message)) {
    return ["ERR_ATTACH_UNREADABLE", "it is a file of the system's own"];
  }
  const code = "code" in error ? error.code : undefined;
  if (code === "ENOENT" || code === "ENOTDIR") {
    return ["ERR_ATTACH_MISSING", "no such file"];
  }
  return ["ERR_ATTACH_UNREADABLE", error.message];
}

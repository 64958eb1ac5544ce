import { Failure } from "../schemas/mod.ts";

/** An error of the operating system or of Deno's permissions, by its class or its code (`ENOSPC`). */
export function isSystemError(error: unknown): error is Error {
  if (!(error instanceof Error) || error instanceof Failure) return false;
  return "code" in error && typeof error.code === "string" ||
    Object.values(Deno.errors).some((kind) => error instanceof kind);
}

import { Failure } from "../schemas/mod.ts";

/**
 * An error of the operating system or of Deno's permissions, by its class or its code (`ENOSPC`). For some,
 * as a file that is too large, Deno gives neither.
 */
export function isSystemError(error: unknown): error is Error {
  if (!(error instanceof Error) || error instanceof Failure) return false;
  return "code" in error && typeof error.code === "string" ||
    /\(os error \d+\)/.test(error.message) ||
    Object.values(Deno.errors).some((kind) => error instanceof kind);
}

/** What went wrong, without what was done to which path: that may be very long, and is the caller's to say. */
export function reasonOf({ message }: Error): string {
  return message.replace(/(\(os error \d+\)): .*$/s, "$1");
}

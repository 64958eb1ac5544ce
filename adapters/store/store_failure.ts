import { Failure } from "../../schemas/mod.ts";
import { isSystemError } from "../system_error.ts";

/** Runs a step of a store; what the system refuses becomes an `ERR_STORE` that names the folder. */
export async function inStore<T>(
  folder: string,
  step: () => T | Promise<T>,
): Promise<T> {
  try {
    return await step();
  } catch (error) {
    throw storeFailure(folder, error);
  }
}

/** The same for what is read piece by piece. */
export async function* inStorePieces<T>(
  folder: string,
  pieces: AsyncIterable<T>,
): AsyncGenerator<T> {
  try {
    yield* pieces;
  } catch (error) {
    throw storeFailure(folder, error);
  }
}

function storeFailure(folder: string, error: unknown): unknown {
  if (!isSystemError(error)) return error;
  return new Failure(
    "ERR_STORE",
    `Cannot use artifact store "${folder}": ${error.message}`,
    { cause: error, ...(isFull(error) ? { hint: MAKE_ROOM } : {}) },
  );
}

const MAKE_ROOM =
  "Nothing half-written is left. Make room: runs gc and artifacts gc remove what is not needed any more";

/** The disk, or what the user may have of it: ENOSPC, EDQUOT, EFBIG. Deno gives no code for some of them. */
function isFull({ message }: Error): boolean {
  return /\(os error (28|122|27)\)/.test(message);
}

import { Failure, isObject, MAX_FRAME_BYTES } from "./schemas.ts";
import type { JsonObject } from "./schemas.ts";

/** A request body that cannot be used, with the HTTP status that says so. */
export class BodyError extends Failure {
  readonly status: 400 | 413 | 415;

  constructor(status: 400 | 413 | 415, message: string) {
    super("ERR_INPUTS", message);
    this.status = status;
  }
}

/** The JSON object that a request carries. Throws `BodyError`. */
export async function readBody(request: Request): Promise<JsonObject> {
  const type = request.headers.get("content-type") ?? "";
  if (type.split(";")[0]?.trim().toLowerCase() !== "application/json") {
    throw new BodyError(415, "Content-Type must be application/json");
  }
  const value = parseJson(await readBytes(request));
  if (isObject(value)) return value;
  throw new BodyError(400, "Invalid JSON body: expected an object");
}

async function readBytes(request: Request): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.length;
    if (size > MAX_FRAME_BYTES) {
      throw new BodyError(
        413,
        `Cannot read the body: it has more than ${MAX_FRAME_BYTES} bytes`,
      );
    }
    chunks.push(chunk);
  }
  return new Uint8Array(await new Blob(chunks as BlobPart[]).arrayBuffer());
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new BodyError(400, "Invalid JSON body");
  }
}

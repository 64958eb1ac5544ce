import type Replicate from "replicate";
import type { Json, JsonObject, Run, RunAttachment } from "theoryctl/handler";
import { type Attempt, broken, refused } from "./failure.ts";
import { isNotFound } from "./start.ts";

/** Largest attachment that is sent inside the request; larger ones are uploaded. Replicate advises this size. */
const MAX_INLINE_BYTES = 256 * 1024;

/** Replicate takes no larger file. */
const MAX_UPLOAD_BYTES = 100 * 1024 * 1024;

/** A copy of a model's input with a URL in place of every attachment. */
export async function inputFor(
  attempt: Attempt,
  client: Replicate,
  input: JsonObject,
): Promise<JsonObject> {
  const urls = new Map<string, string>();
  for (const file of attempt.run.attachments) {
    urls.set(file.path, await urlOf(attempt, client, file));
  }
  return withUrls(attempt.run, input, urls) as JsonObject;
}

function withUrls(
  run: Run,
  value: Json,
  urls: ReadonlyMap<string, string>,
): Json {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    return value.map((item) => withUrls(run, item, urls));
  }
  const url = urls.get(run.attachment(value)?.path ?? "");
  if (url !== undefined) return url;
  return Object.fromEntries(
    Object.entries(value).map((
      [key, item],
    ) => [key, withUrls(run, item, urls)]),
  );
}

async function urlOf(
  attempt: Attempt,
  client: Replicate,
  file: RunAttachment,
): Promise<string> {
  if (file.size > MAX_UPLOAD_BYTES) {
    const found =
      `attachment "${file.name}" has ${file.size} bytes, limit ${MAX_UPLOAD_BYTES}`;
    return refused(attempt, found);
  }
  if (file.size > MAX_INLINE_BYTES) return await upload(attempt, client, file);
  return `data:${file.mime};base64,${(await file.bytes()).toBase64()}`;
}

async function upload(
  attempt: Attempt,
  client: Replicate,
  file: RunAttachment,
): Promise<string> {
  const { run, endpoint: { provider } } = attempt;
  run.emit("uploading", { name: file.name, size_bytes: file.size });
  const bytes = await file.bytes() as Uint8Array<ArrayBuffer>;
  const blob = new File([bytes], file.name, { type: file.mime });
  const stored = await client.files
    .create(blob, {}, { signal: run.signal })
    .catch((error: unknown) => {
      if (!isNotFound(error)) throw error;
      return broken(attempt, `${provider} takes no files (404)`);
    });
  const url: unknown = stored.urls?.get;
  if (typeof url === "string") return url;
  const found = `${provider} gave no URL for attachment "${file.name}"`;
  return broken(attempt, found);
}

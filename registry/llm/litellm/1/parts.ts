import type OpenAI from "openai";
import type { Json, JsonObject, Run, RunAttachment } from "theoryctl/handler";

type Part = OpenAI.ChatCompletionContentPart;
type Form = (file: RunAttachment) => Promise<Part>;

/** How a media type is sent. */
const FORMS: readonly (readonly [RegExp, Form])[] = [
  [/^image\//, imagePart],
  [/^audio\/(x-wav|wav|wave|vnd\.wave)$/, (file) => audioPart(file, "wav")],
  [/^audio\/(mpeg|mp3)$/, (file) => audioPart(file, "mp3")],
  [/^application\/pdf$/, pdfPart],
  [/^(text\/.*|application\/(json|yaml))$/, textPart],
];

/** A content part in the form of the provider, attachments inlined. */
export async function partOf(run: Run, part: Json): Promise<Part> {
  if (typeof part === "string") return { type: "text", text: part };
  const object = part as JsonObject;
  if ("$artifact" in object) return await attachedPart(run, object);
  if (object["type"] === "image_url") {
    return await linkedImage(run, object["image_url"]);
  }
  return { type: "text", text: String(object["text"]) };
}

async function linkedImage(run: Run, image: Json | undefined): Promise<Part> {
  if (typeof image === "string") {
    return { type: "image_url", image_url: { url: image } };
  }
  const object = image as JsonObject;
  if ("$artifact" in object) return await attachedImage(run, object);
  const { url, detail } = object;
  const part = typeof url === "string"
    ? { type: "image_url" as const, image_url: { url } }
    : await attachedImage(run, url);
  return { ...part, image_url: { ...part.image_url, ...detailOf(detail) } };
}

function detailOf(detail: Json | undefined) {
  return detail === undefined
    ? {}
    : { detail: detail as "auto" | "low" | "high" };
}

async function attachedPart(run: Run, artifact: JsonObject): Promise<Part> {
  const file = attachmentOf(run, artifact);
  const form = FORMS.find(([mime]) => mime.test(file.mime))?.[1];
  if (form !== undefined) return await form(file);
  return refuse(
    run,
    file,
    "expected image/*, audio/wav, audio/mpeg, application/pdf, text/*, application/json or application/yaml",
  );
}

async function attachedImage(run: Run, artifact: Json | undefined) {
  const file = attachmentOf(run, artifact);
  if (file.mime.startsWith("image/")) return await imagePart(file);
  return refuse(run, file, "expected image/*");
}

function attachmentOf(run: Run, artifact: Json | undefined): RunAttachment {
  return run.attachment(artifact) ?? run.fail(
    "ERR_VALIDATION",
    "Cannot send an $artifact object: it names no attachment of this run",
  );
}

function refuse(run: Run, file: RunAttachment, expected: string): never {
  return run.fail(
    "ERR_VALIDATION",
    `Cannot send attachment "${file.name}": its media type is ${file.mime}, ${expected}`,
  );
}

async function imagePart(file: RunAttachment) {
  const url = await dataUrl(file);
  return { type: "image_url", image_url: { url } } as const;
}

async function audioPart(file: RunAttachment, format: "wav" | "mp3") {
  const data = (await file.bytes()).toBase64();
  return { type: "input_audio", input_audio: { data, format } } as const;
}

async function pdfPart(file: RunAttachment) {
  const content = { filename: file.name, file_data: await dataUrl(file) };
  return { type: "file", file: content } as const;
}

async function textPart(file: RunAttachment) {
  const text = `${file.name}:\n${await file.text()}`;
  return { type: "text", text } as const;
}

async function dataUrl(file: RunAttachment): Promise<string> {
  return `data:${file.mime};base64,${(await file.bytes()).toBase64()}`;
}

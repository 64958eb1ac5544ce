import type { DeclaredOutput } from "../../schemas/mod.ts";
import { canonicalJson } from "../../schemas/mod.ts";
import { exampleValue } from "../../schemas/checker.ts";
import { smallestMedia } from "./mock_media.ts";

/**
 * Bytes that could be a declared output, made of the declaration alone: one line of text, JSON that fits
 * the output's schema, a smallest file of the media type. Where there is no small valid file (video and
 * most audio) they are empty.
 */
export function mockContent(ref: string, output: DeclaredOutput): Uint8Array {
  const [mime = ""] = output.mime.toLowerCase().split(";").map((part) =>
    part.trim()
  );
  const text = mockText(mime, ref, output);
  if (text !== undefined) return new TextEncoder().encode(`${text}\n`);
  return smallestMedia(mime) ?? new Uint8Array();
}

function mockText(
  mime: string,
  ref: string,
  { name, schema }: DeclaredOutput,
): string | undefined {
  if (isJson(mime)) {
    const value = schema === undefined ? undefined : exampleValue(schema);
    return canonicalJson(value ?? { mock: true, output: name, ref });
  }
  if (mime === "image/svg+xml") return SVG;
  if (mime === "text/xml" || mime.endsWith("xml")) return "<mock/>";
  const line = `Mock output ${name} of ${ref}`;
  return mime.startsWith("text/") ? inComment(mime, line) : undefined;
}

const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><rect width="1" height="1"/></svg>';

/** Every JSON text is YAML, and one line of it is a JSON Lines document. */
function isJson(mime: string): boolean {
  return /^(?:application|text)\/(?:(?:x-)?(?:json|ndjson|jsonlines?|jsonl|yaml)|.+\+(?:json|yaml))$/
    .test(mime);
}

function inComment(mime: string, line: string): string {
  return mime === "text/css" || mime === "text/javascript"
    ? `/* ${line} */`
    : line;
}

/** Bytes that are turned into characters at a time. */
const PIECE = 8192;

/** A picture as a `data:` URI, of the media types that editors show; undefined for others. */
export function pictureUri(
  mime: string,
  bytes: Uint8Array | undefined,
): string | undefined {
  if (bytes === undefined || !SHOWN.has(mime)) return undefined;
  let characters = "";
  for (let at = 0; at < bytes.length; at += PIECE) {
    characters += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  }
  return `data:${mime};base64,${btoa(characters)}`;
}

const SHOWN = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);
